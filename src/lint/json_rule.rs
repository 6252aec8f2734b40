//! A rule as JSON: what `rules --format json` prints.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::Rule;

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rule = serializer.serialize_struct("Rule", 10)?;
        rule.serialize_field("id", self.id)?;
        rule.serialize_field("name", self.name)?;
        rule.serialize_field("severity", &self.severity)?;
        rule.serialize_field("severityInResponses", &self.severity_in(false))?;
        rule.serialize_field("summary", self.summary)?;
        rule.serialize_field("why", self.why)?;
        rule.serialize_field("bad", &self.bad)?;
        rule.serialize_field("good", &self.good)?;
        rule.serialize_field("sources", self.sources)?;
        rule.serialize_field("decisions", self.decisions)?;
        rule.end()
    }
}
