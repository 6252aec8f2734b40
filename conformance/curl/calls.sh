# Calls as people write them, separated by blank lines. check.js runs each against a sandbox and lints it as text too.

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' -d '{"actionType": "Job", "actionBody": {"title": "a", "assignedTo": ["+911234500001"]}}'

curl -sX POST http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -d '{"actionType": "Job", "actionBody": {"title": "a", "assignedTo": ["+911234500001"]}}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' --json '{"actionType": "Job", ' --json '"actionBody": {"title": "a", "assignedTo": ["+911234500001"]}}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' -d '{"actionType": "Job",' -d '"actionBody": {}}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' --data-urlencode '{"actionType": "Job"}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' --data-urlencode 'title=a b'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -F 'actionType=Job'

curl -s -G http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -d actionType=job -d count=3

curl -sG 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' -H 'accessToken: t' --data-urlencode 'fromDate=1 2'

curl -s http://127.0.0.1:4010/v1/groups/g/actions --url-query actionType=job --url-query count=-1 -H 'accessToken: t'

curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=Job' -H 'accessToken;'

curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' -H 'accessToken:'

curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' --oauth2-bearer secret

curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' -u me:secret

curl -s -I 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' -H 'accessToken: t'

curl -s -X DELETE http://127.0.0.1:4010/v1/groups/g/actions/a -H 'accessToken: t'

curl -s 'http://127.0.0.1:4010/v1/./groups/x/../g/actions?actionType=none' -H 'accessToken: t'

curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=audio' -H 'accessToken: t'

curl -s 'http://127.0.0.1:4010/v1/groups/g/action?actionType=job' -H 'accessToken: t'

curl -s 'http://127.0.0.1:4010/V1/groups/g/actions?actionType=job' -H 'accessToken: t'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' -d @- <<'END'
{"actionType": "Poll",
 "actionBody": {"question": "a"}}
END

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' --data-binary @- <<< '{"actionType": "Poll", "actionBody": {"choices": []}}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' -H 'content-type: application/json' -d $'{"actionType": "Job", "actionBody": {"title": "it\'s", "assignedTo": []}}'

curl -s http://127.0.0.1:4010/v1/groups/g/actions -H "accessToken: t" -H "content-type: application/json" -d "{\"actionType\": \"job\", \"actionBody\": {\"title\": \"a\", \"assignedTo\": [\"+911234500001\"]}}" 2>&1

R=$(curl -s http://127.0.0.1:4010/v1/groups/g/actions -H 'accessToken: t' --json '{"id": "com.example.a.1", "actionBody": {"title": "a"}}')

if ! timeout 60 curl -s 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=poll' -H 'accessToken: t'; then exit 1; fi

curl -s -H 'accessToken: t' --data-raw '@not-a-file' -H 'Content-Type: application/json' http://127.0.0.1:4010/v1/groups/g/actions

curl -s -H 'accessToken: t' --json '{"actionType":"Job"}' -H 'Content-Type: text/plain' http://127.0.0.1:4010/v1/groups/g/actions

curl -s -H 'accessToken: t' 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=job' --next -s -H 'accessToken: t' 'http://127.0.0.1:4010/v1/groups/g/actions?actionType=poll&count=x'

wget -qO- --header='accessToken: t' 'http://127.0.0.1:4010/v1/groups/x/../g/actions?actionType=travail'

wget -q -O - --header 'accessToken: t' --header 'content-type: application/json' --post-data '{"actionType": "Job", "actionBody": {"title": "a"}}' http://127.0.0.1:4010/v1/groups/g/actions

wget -qO- --header='accessToken: t' --post-data '{"actionType": "Job"}' http://127.0.0.1:4010/v1/groups/g/actions

wget -qO- --header='accessToken: t' --header='content-type: application/json' --method=POST --body-data='{"actionType": "Survey", "actionBody": {"title": "a", "questions": []}}' http://127.0.0.1:4010/v1/groups/g/actions

wget -qO- --header='accessToken: t' --method=PUT --body-data='{}' http://127.0.0.1:4010/v1/groups/g/actions
