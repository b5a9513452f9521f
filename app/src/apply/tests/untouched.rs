//! What a browser posts of a page that nobody touched. The server's tests read their pages by it
//! too.

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&").replace("<!>", "")
}

/// An attribute of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn has(tag: &str, name: &str) -> bool {
    tag.split(' ').any(|part| part.trim_end_matches(['>', '/']).starts_with(name))
}

/// The names and values of all inputs, in the order of the page, also the empty ones.
pub fn posted(html: &str) -> Vec<(String, String)> {
    let mut posted = Vec::new();
    for (at, _) in html.match_indices('<') {
        let Some((tag, rest)) = html[at..].split_once('>') else { continue };
        let Some(name) = attribute(tag, "name") else { continue };
        let kind = attribute(tag, "type").unwrap_or_default();
        if tag.starts_with("<textarea") {
            let text = unescaped(rest.split("</textarea").next().unwrap());
            posted.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
        } else if tag.starts_with("<select") {
            let options = rest.split("</select").next().unwrap().split("<option").skip(1);
            let options: Vec<&str> =
                options.map(|option| option.split('>').next().unwrap()).collect();
            let chosen = options.iter().rev().find(|option| has(option, "selected"));
            posted.push((name, attribute(chosen.unwrap_or(&options[0]), "value").unwrap()));
        } else if tag.starts_with("<input")
            && (!matches!(&*kind, "radio" | "checkbox") || has(tag, "checked"))
        {
            posted.push((name, attribute(tag, "value").unwrap_or_default().replace('\n', "")));
        }
    }
    posted
}
