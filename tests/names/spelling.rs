//! Names that are hard to write.

use serde_json::Value as Json;

use crate::World;

/// What a browser reads where this is written as text or as an attribute.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn every_name_arrives_in_every_place_as_it_is() {
    let long = "Ä".repeat(200);
    let names = [
        "L'équipe \"Meet\"",
        "Tom & Jerry <b>Meet</b> &amp;",
        "🎥 Public Code 👩‍👩‍👧",
        "اجتماع الكود العام",
        "C:\\meet $1 ${x} %s",
        long.as_str(),
        "</title><script>alert(1)</script>",
    ];
    for name in names {
        let quoted = Json::from(name).to_string();
        let world = World::named(&format!("[brand]\nname = {quoted}\n"));
        world.round(|world| {
            let title = world.text("title.html");
            let shown = title.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
            assert_eq!(unescaped(shown), name);
            let content = title.split("og:title\" content=\"").nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(unescaped(content), name);
            assert_eq!(title.matches("<script").count(), 0);
            assert_eq!(world.json("manifest.json")["name"], *name);
            assert_eq!(world.json("lang/main-de.json")["welcomepage"]["headerTitle"], *name);
            assert!(world.text("static/secondScreen.html").contains("jitsi-second-screen"));
        });
    }
}

#[test]
fn what_a_web_server_would_take_for_an_include_is_refused() {
    let world = World::named("[brand]\nname = \"a <!--#exec cmd='x' --> b\"\n");
    let before = world.files();
    world.run(&["apply", "--yes"]).is(1, &["server-side include", "brand/brand.toml:2"]);
    assert_eq!(world.files(), before);
}
