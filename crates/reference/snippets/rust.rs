// region NewAudio
let mut audio = NewAudio::new("opaque-text-that-uploading-the-recording-returned");
audio.action_body.caption = Some("Briefing of Monday".to_owned());
let posted = client
    .post_action()
    .group_id(group)
    .body(audio)
    .send()
    .await?;
// endregion
// region NewDocument
let mut document = NewDocument::new("opaque-text-that-uploading-the-document-returned");
document.action_body.caption = Some("Safety rules".to_owned());
let posted = client
    .post_action()
    .group_id(group)
    .body(document)
    .send()
    .await?;
// endregion
// region NewImage
let mut image = NewImage::new("opaque-text-that-uploading-the-picture-returned");
image.action_body.caption = Some("The new fire door".to_owned());
let posted = client
    .post_action()
    .group_id(group)
    .body(image)
    .send()
    .await?;
// endregion
// region client
use std::{env, error::Error};

use kaizala_actions::{
    client::{AccessToken, Client},
    types::NewJob,
};
// endregion
// region client
let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
// endregion
// region NewJob
let mut job = NewJob::new(
    "Check the fire extinguishers",
    ["+911234500001", "+911234500002"],
);
job.action_body.due_date = Some(10);
let posted = client
    .post_action()
    .group_id(group)
    .body(job)
    .send()
    .await?;
// endregion
// region NewLetsMeet
let mut meeting =
    NewLetsMeet::new("Kick-off", "2018-01-01T09:00:00Z".parse::<DateTime<Utc>>()?);
meeting.action_body.duration = Some(45);
let posted = client
    .post_action()
    .group_id(group)
    .body(meeting)
    .send()
    .await?;
// endregion
// region NewPackage
let mut package = NewPackage::new("com.example.inspection.3");
package.action_body.title = Some("Inspection of hall 2".to_owned());
package.action_body.properties = vec![NewProperty::new("hall", PropertyTypeName::Numeric, "2")];
let posted = client
    .post_action()
    .group_id(group)
    .body(package)
    .send()
    .await?;
// endregion
// region NewPoll
let poll = NewPoll::new(
    "Where shall we eat?",
    ["At the office", "Outside"].map(NewPollChoice::new),
);
let posted = client
    .post_action()
    .group_id(group)
    .body(poll)
    .send()
    .await?;
// endregion
// region NewJobResponse
let done = NewJobResponse::new(true);
let answered = client
    .post_action_response()
    .group_id(group)
    .action_id(action)
    .body(done)
    .send()
    .await?;
// endregion
// region NewSurveyResponse
let options = Answer::Array(vec!["MOpt1".to_owned(), "MOpt2".to_owned()]);
let answers = [
    Answer::String("It went well".to_owned()),
    Answer::String("Opt1".to_owned()),
    options,
    Answer::Double(123.0),
];
let response = NewSurveyResponse::new(answers);
let answered = client
    .post_action_response()
    .group_id(group)
    .action_id(action)
    .body(response)
    .send()
    .await?;
// endregion
// region NewPackageResponse
let response = NewPackageResponse::new(
    "com.example.inspection.3",
    [Answer::String("Yes".to_owned())],
);
let answered = client
    .post_action_response()
    .group_id(group)
    .action_id(action)
    .body(response)
    .send()
    .await?;
// endregion
// region NewSurvey
let best = NewQuestion::new("What did you like best?", QuestionType::Text);
let survey = NewSurvey::new("How was the training?", [best]);
let posted = client
    .post_action()
    .group_id(group)
    .body(survey)
    .send()
    .await?;
// endregion
