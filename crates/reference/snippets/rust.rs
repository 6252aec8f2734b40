// region AudioRequest
let mut audio = AudioRequest::new("opaque-text-that-uploading-the-recording-returned");
audio.action_body.caption = Some("Briefing of Monday".to_owned());
let posted = client
    .post_action()
    .group_id(group)
    .body(audio)
    .send()
    .await?;
// endregion
// region DocumentRequest
let mut document = DocumentRequest::new("opaque-text-that-uploading-the-document-returned");
document.action_body.caption = Some("Safety rules".to_owned());
let posted = client
    .post_action()
    .group_id(group)
    .body(document)
    .send()
    .await?;
// endregion
// region ImageRequest
let mut image = ImageRequest::new("opaque-text-that-uploading-the-picture-returned");
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
    types::JobRequest,
};
// endregion
// region client
let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
let client = Client::connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
// endregion
// region JobRequest
let mut job = JobRequest::new(
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
// region LetsMeetRequest
let mut meeting =
    LetsMeetRequest::new("Kick-off", "2018-01-01T09:00:00Z".parse::<DateTime<Utc>>()?);
meeting.action_body.duration = Some(45);
let posted = client
    .post_action()
    .group_id(group)
    .body(meeting)
    .send()
    .await?;
// endregion
// region PackageRequest
let mut package = PackageRequest::new("com.example.inspection.3");
package.action_body.title = Some("Inspection of hall 2".to_owned());
package.action_body.properties =
    vec![PackageProperty::new("hall", PropertyTypeName::Numeric, "2")];
let posted = client
    .post_action()
    .group_id(group)
    .body(package)
    .send()
    .await?;
// endregion
// region PollRequest
let poll = PollRequest::new(
    "Where shall we eat?",
    ["At the office", "Outside"].map(PollChoice::new),
);
let posted = client
    .post_action()
    .group_id(group)
    .body(poll)
    .send()
    .await?;
// endregion
// region JobResponseRequest
let done = JobResponseRequest::new(true);
let answered = client
    .respond_to_action()
    .group_id(group)
    .action_id(action)
    .body(done)
    .send()
    .await?;
// endregion
// region SurveyResponseRequest
let options = Answer::Array(vec!["MOpt1".to_owned(), "MOpt2".to_owned()]);
let answers = [
    Answer::String("It went well".to_owned()),
    Answer::String("Opt1".to_owned()),
    options,
    Answer::Double(123.0),
];
let response = SurveyResponseRequest::new(answers);
let answered = client
    .respond_to_action()
    .group_id(group)
    .action_id(action)
    .body(response)
    .send()
    .await?;
// endregion
// region PackageResponseRequest
let response = PackageResponseRequest::new(
    "com.example.inspection.3",
    [Answer::String("Yes".to_owned())],
);
let answered = client
    .respond_to_action()
    .group_id(group)
    .action_id(action)
    .body(response)
    .send()
    .await?;
// endregion
// region SurveyRequest
let best = Question::new("What did you like best?", QuestionType::Text);
let survey = SurveyRequest::new("How was the training?", [best]);
let posted = client
    .post_action()
    .group_id(group)
    .body(survey)
    .send()
    .await?;
// endregion
