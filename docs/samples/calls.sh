#!/bin/sh
# What a monitoring script sends.
curl -s -H "accessToken: $TOKEN" \
  "$ENDPOINT/v1/groups/$GROUP/actions?actionType=audio"

curl -s -H "accessToken: $TOKEN" -H 'content-type: application/json' "$ENDPOINT/v1/groups/$GROUP/actions" --data '{
  "actionType": "Job",
  "actionBody": {
      "dueDate": "2017-12-20",
      "title": "Check the doors",
      "assignedTo": ["+911234500001"]
  }
}'
