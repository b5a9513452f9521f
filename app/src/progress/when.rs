//! Days as a page rendered by the server says them.

use jiban_domain::Lang;
use jiff::civil::Date;

/// `11月30日 周一`, or `Mon 30 Nov`; the text itself where it is no day.
pub fn weekday(day: &str, lang: Lang) -> String {
    let Ok(date) = day.parse::<Date>() else { return day.to_owned() };
    match lang {
        Lang::Zh => {
            let at = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
            let names = ["一", "二", "三", "四", "五", "六", "日"];
            format!("{}月{}日 周{}", date.month(), date.day(), names[at])
        }
        Lang::En => date.strftime("%a %-d %b").to_string(),
    }
}

/// `11月30日`, or `30 Nov`.
pub fn short(day: &str, lang: Lang) -> String {
    let Ok(date) = day.parse::<Date>() else { return day.to_owned() };
    match lang {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En => date.strftime("%-d %b").to_string(),
    }
}

/// `2026年11月30日`, or `30 November 2026`.
pub fn long(day: &str, lang: Lang) -> String {
    let Ok(date) = day.parse::<Date>() else { return day.to_owned() };
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => date.strftime("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_both_languages() {
        assert_eq!(weekday("2026-11-30", Lang::Zh), "11月30日 周一");
        assert_eq!(weekday("2026-11-30", Lang::En), "Mon 30 Nov");
        assert_eq!(short("2026-02-01", Lang::Zh), "2月1日");
        assert_eq!(long("2026-02-01", Lang::En), "1 February 2026");
        assert_eq!(weekday("soon", Lang::En), "soon");
    }
}
