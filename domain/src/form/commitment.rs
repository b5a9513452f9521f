//! The group in which somebody chooses the commitment that their matters offer (告知承诺). It is
//! made from the offer, so it is not written in the hall file. Nobody needs to agree to it, which
//! makes it a choice; and like every consent it is the applicant's alone.

use super::Group;
use super::field::{Field, FieldKind};
use super::value::{FieldValue, Values};
use crate::case::commitment::{CommitmentOffer, OfferedCommitment};
use crate::ids::FieldId;
use crate::text;
use crate::text::Text;

/// The id of its field. No form may have a field with this.
pub const CHOSEN: &str = "applicant_commitment";

/// Whether it was chosen.
pub fn is_chosen(values: &Values) -> bool {
    values.get(&FieldId::from(CHOSEN)) == Some(&FieldValue::Flag(true))
}

/// The group of an offer.
pub fn group(offer: &CommitmentOffer) -> Group {
    let days = offer.promised_days;
    let several = offer.matters.len() > 1;
    let parts = offer.matters.iter().map(|one| of_matter(one, several));
    let field = Field {
        id: FieldId::from(CHOSEN),
        label: Text::new(
            "选择告知承诺（可以不选）",
            "Commit instead of proving it first (your choice)",
        ),
        kind: FieldKind::Consent,
        help: Some(text!(
            "选择后承诺 {days} 个工作日内办结。不选也能办，按平常的环节、材料和时限。"
                | "With it the decision comes within {days} working days. Without it, the ordinary steps, papers and time limit apply."
        )),
        statement: Some(paragraphs(parts)),
        ..Field::default()
    };
    Group {
        id: CHOSEN.to_owned(),
        name: Text::new("告知承诺", "Commitment"),
        help: None,
        fields: vec![field],
    }
}

/// What one matter has somebody commit to, what that replaces, and what a breach leads to.
fn of_matter(one: &OfferedCommitment, several: bool) -> Text {
    let name = several.then(|| text_of(&one.name));
    let names: Vec<&Text> =
        one.steps.iter().chain(one.materials.iter().map(|(_, name)| name)).collect();
    let zh = names.iter().map(|name| name.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", ");
    let replaces = (!names.is_empty())
        .then(|| Text {
            zh: format!("以承诺代替：{zh}。"), en: format!("It replaces: {en}.")
        });
    let days = one.check_within_days;
    let check = text!(
        "作出决定后 {days} 个工作日内核查。"
            | "It is checked within {days} working days of the decision."
    );
    let all = [name, Some(one.text.clone()), replaces, Some(check), Some(one.consequence.clone())];
    paragraphs(all.into_iter().flatten())
}

fn text_of(name: &Text) -> Text {
    Text { zh: format!("【{}】", name.zh), en: format!("{}:", name.en) }
}

fn paragraphs(all: impl Iterator<Item = Text>) -> Text {
    let all: Vec<Text> = all.collect();
    let joined = |of: fn(&Text) -> &str| all.iter().map(of).collect::<Vec<_>>().join("\n");
    Text { zh: joined(|text| &text.zh), en: joined(|text| &text.en) }
}
