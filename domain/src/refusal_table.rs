//! The table of a kind of refusal: each variant with its status, code, message
//! and next step in one row, so that none can be missed.

use crate::text::{Lang, Text, joined};
use crate::ticket::TicketState;

/// Writes an enum of refusals and what each says. A row is
///
/// ```text
/// /// When it is given.
/// Name(value: Type) = 409 "code",
///     "消息 {value}" | "Message {value}",
///     next "下一步" | "Next step";
/// ```
///
/// The values of a variant are named in its message, in both languages. The
/// last part, if there is one, are variants that hold other kinds of refusals.
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        pub enum $refusal:ident {
            $(
                $(#[$doc:meta])*
                $name:ident
                $( ( $value:ident : $value_type:ty ) )?
                $( { $( $field:ident : $field_type:ty ),+ } )?
                = $status:literal $code:literal,
                $zh:literal | $en:literal,
                next $next_zh:literal | $next_en:literal;
            )+
        }
        $( $(#[$inner_doc:meta])* $inner:ident($inner_type:ty) )*
    ) => {
        $(#[$meta])*
        pub enum $refusal {
            $(
                $(#[$doc])*
                $name $( ($value_type) )? $( { $( $field: $field_type ),+ } )?,
            )+
            $( $(#[$inner_doc])* $inner($inner_type), )*
        }

        impl $refusal {
            /// Status and code of every row.
            pub const ROWS: &[(u16, &str)] = &[$(($status, $code)),+];

            /// The stable name of the refusal, for programs.
            pub const fn code(&self) -> &'static str {
                match self {
                    $( Self::$name { .. } => $code, )+
                    $( Self::$inner(refusal) => <$inner_type>::code(refusal), )*
                }
            }

            /// The HTTP status that fits it.
            pub const fn status(&self) -> u16 {
                match self {
                    $( Self::$name { .. } => $status, )+
                    $( Self::$inner(refusal) => <$inner_type>::status(refusal), )*
                }
            }

            /// What happened, for the person.
            #[allow(unused_variables, clippy::too_many_lines, reason = "a table")]
            pub fn message(&self, lang: $crate::text::Lang) -> String {
                use $crate::refusal_table::Shown as _;
                let texts = $crate::lang::refusal_texts(lang, self.code());
                if let Some(message) = texts.and_then(|texts| texts.message) {
                    return $crate::refusal_table::filled(&message, &self.values(lang));
                }
                match self {
                    $(
                        Self::$name $( ($value) )? $( { $( $field ),+ } )? => {
                            $( let $value = $value.shown(lang); )?
                            $( $( let $field = $field.shown(lang); )+ )?
                            match lang.base() {
                                $crate::text::Lang::Zh => ::std::format!($zh),
                                _ => ::std::format!($en),
                            }
                        }
                    )+
                    $( Self::$inner(refusal) => refusal.message(lang), )*
                }
            }

            /// The values that its message names.
            #[allow(unused_variables, clippy::too_many_lines, reason = "a table")]
            pub(crate) fn values(&self, lang: $crate::text::Lang) -> Vec<(&'static str, String)> {
                use $crate::refusal_table::Shown as _;
                match self {
                    $(
                        Self::$name $( ($value) )? $( { $( $field ),+ } )? => vec![
                            $( (stringify!($value), $value.shown(lang)), )?
                            $( $( (stringify!($field), $field.shown(lang)), )+ )?
                        ],
                    )+
                    $( Self::$inner(refusal) => refusal.values(lang), )?
                }
            }

            /// What to do next, for the person.
            #[allow(clippy::too_many_lines, reason = "a table")]
            pub fn next(&self, lang: $crate::text::Lang) -> String {
                let texts = $crate::lang::refusal_texts(lang, self.code());
                if let Some(next) = texts.and_then(|texts| texts.next) {
                    return next;
                }
                let (zh, en) = match self {
                    $( Self::$name { .. } => ($next_zh, $next_en), )+
                    $( Self::$inner(refusal) => return refusal.next(lang), )*
                };
                match lang.base() {
                    $crate::text::Lang::Zh => zh,
                    _ => en,
                }
                .to_owned()
            }
        }
    };
}
pub(crate) use refusals;

/// A message of a further language with its values in their places.
pub(crate) fn filled(message: &str, values: &[(&'static str, String)]) -> String {
    values.iter().fold(message.to_owned(), |message, (name, value)| {
        message.replace(&format!("{{{name}}}"), value)
    })
}

/// A value as a message shows it.
pub(crate) trait Shown {
    fn shown(&self, lang: Lang) -> String;
}

macro_rules! shown_as_written {
    ($($name:ty),+) => {$(
        impl Shown for $name {
            fn shown(&self, _: Lang) -> String {
                self.to_string()
            }
        }
    )+};
}

shown_as_written!(String, u16, u32, i64);

impl Shown for Text {
    fn shown(&self, lang: Lang) -> String {
        self.get(lang).to_owned()
    }
}

impl Shown for Vec<Text> {
    fn shown(&self, lang: Lang) -> String {
        joined(self, lang)
    }
}

impl Shown for TicketState {
    fn shown(&self, lang: Lang) -> String {
        self.name().shown(lang)
    }
}
