//! The support matrix against the table of the documentation, transcribed here on its own.

use kaizala_actions::support::{self, ActionType, Method, UnknownActionType};

/// The English table of 2018-06-20: action, GET supported, POST supported, id.
const TABLE: &str = "
Picture Attachment  | Yes | Yes | image
Audio Attachment    | No  | Yes | audio
Document Attachment | No  | Yes | document
Contact Attachment  | No  | No  | n/a
Job                 | Yes | Yes | job
Survey              | Yes | Yes | survey
Photo with Location | Yes | No  | photoWithLocation
Let's Meet          | Yes | Yes | letsmeet
Quick Poll          | Yes | Yes | poll
Share Location      | Yes | No  | shareLocation
Request Location    | No  | No  | n/a
Live Location       | No  | No  | n/a
Announcement        | No  | No  | n/a
";

#[test]
fn all_26_cells_equal_the_table_of_the_documentation() {
    let printed: Vec<_> = TABLE
        .trim()
        .lines()
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
        .collect();
    let yes = |answer: bool| if answer { "Yes" } else { "No" };
    let cells = ActionType::ALL.iter().map(|action_type| {
        let row = action_type.row();
        let supports = |method| yes(support::check(*action_type, method).is_ok());
        vec![
            row.label,
            supports(Method::Get),
            supports(Method::Post),
            row.id.unwrap_or("n/a"),
        ]
    });
    // A type that the documentation did not know comes after those that it did.
    assert_eq!(cells.take(13).collect::<Vec<_>>(), printed);
}

#[test]
fn every_row_is_found_by_id_body_value_and_label_in_any_case() {
    for row in support::rows() {
        for name in row.id.into_iter().chain([row.body_value, row.label]) {
            for spelling in [name.to_owned(), name.to_uppercase(), name.to_lowercase()] {
                assert_eq!(spelling.parse(), Ok(row.action_type), "{spelling}");
            }
        }
    }
}

#[test]
fn machine_translations_are_recognised_for_what_they_can_stand_for() {
    use ActionType::{Image, Job, Poll, Survey};
    let table: [(&str, &[ActionType]); 10] = [
        ("travail", &[Job]),
        ("enquête", &[Survey]),
        ("ENQUÊTE", &[Survey]),
        ("sondage", &[Poll]),
        ("sondages", &[Survey]),
        ("temporisateur", &[Poll]),
        ("Abbildung", &[Image]),
        ("auftrag", &[Job]),
        ("Umfrage", &[Survey, Poll]),
        ("Abfragen", &[Poll]),
    ];
    for (name, stands_for) in table {
        let unknown: UnknownActionType = name.parse::<ActionType>().expect_err(name);
        assert_eq!(unknown.stands_for(), stands_for, "{name}");
    }
    let umfrage = "Umfrage".parse::<ActionType>().expect_err("a translation");
    assert_eq!(
        umfrage.to_string(),
        "\"Umfrage\" is not an action type, but a machine translation of survey or poll"
    );
    let album = "Album".parse::<ActionType>().expect_err("no row");
    assert_eq!(album.to_string(), "\"Album\" is not an action type");
}

#[test]
fn what_other_sources_claim_is_known_and_changes_nothing() {
    let claimed: Vec<_> = ["Announcement", "document", "ALBUM", "Video"]
        .iter()
        .flat_map(|name| support::claims(name))
        .collect();
    assert_eq!(claimed.len(), 4);
    let broken: Vec<_> = claimed
        .iter()
        .filter_map(|claim| Some((claim.body_value.parse::<ActionType>().ok()?, claim.method)))
        .filter(|(action_type, method)| support::check(*action_type, *method).is_ok())
        .collect();
    assert!(
        broken.is_empty(),
        "claims that the matrix grants anyway: {broken:?}"
    );
}
