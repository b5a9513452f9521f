//! Photographs through the browser: the picture stays open until all pages are
//! taken. A hall's document camera is one among others, so it can be chosen, and
//! the browser remembers it.

use leptos::html::{Button, Canvas, Video};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Object, Reflect};
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, MediaDeviceInfo, MediaDeviceKind, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use super::room::room;
use super::sending::send;
use super::signature::picture;
use crate::counter::keep::{keep, kept};
use crate::counter::state::page;
use crate::words::fill;

/// Which camera was chosen last, in this browser.
const CAMERA: &str = "jiban.counter.camera";
/// JPEG's: letters stay sharp, and a page comes to less than a megabyte.
const QUALITY: f64 = 0.85;
/// Enough for an A4 page to be read; fewer where the camera has no more.
const WIDE: u32 = 2560;
const HIGH: u32 = 1440;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    Shown,
    None,
}

/// A camera that is open, or is to be.
#[derive(Clone, Copy)]
struct Lens {
    video: NodeRef<Video>,
    canvas: NodeRef<Canvas>,
    state: RwSignal<State>,
    stream: StoredValue<Option<MediaStream>, LocalStorage>,
    /// All there are, by id and name, once one is open.
    cameras: RwSignal<Vec<(String, String)>>,
    /// The one wanted.
    which: RwSignal<String>,
}

impl Lens {
    fn new() -> Self {
        Self {
            video: NodeRef::new(),
            canvas: NodeRef::new(),
            state: RwSignal::new(State::Opening),
            stream: StoredValue::new_local(None),
            cameras: RwSignal::new(Vec::new()),
            which: RwSignal::new(kept(CAMERA).unwrap_or_default()),
        }
    }

    fn open(self) {
        self.state.set(State::Opening);
        let wanted = self.which.get_untracked();
        spawn_local(async move {
            let opened = open_camera(&wanted).await;
            // It may have been shut before the browser gave leave.
            let Some(video) = self.video.try_get_untracked().flatten() else {
                return opened.iter().for_each(end);
            };
            let Some(opened) = opened else { return self.state.set(State::None) };
            video.set_src_object(Some(&opened));
            if let Ok(playing) = video.play() {
                let _ = JsFuture::from(playing).await;
            }
            if self.stream.try_update_value(|held| *held = Some(opened.clone())).is_none() {
                return end(&opened);
            }
            self.state.set(State::Shown);
            let _ = self.cameras.try_set(known_cameras().await);
        });
    }

    fn shut(self) {
        if let Some(held) = self.stream.try_update_value(Option::take).flatten() {
            end(&held);
        }
    }

    fn choose(self, camera: String) {
        keep(CAMERA, &camera);
        self.which.set(camera);
        self.shut();
        self.open();
    }

    /// What it sees now, drawn; none where nothing is seen.
    fn shoot(self) -> Option<HtmlCanvasElement> {
        if self.state.get_untracked() != State::Shown {
            return None;
        }
        let (video, canvas) = (self.video.get_untracked()?, self.canvas.get_untracked()?);
        canvas.set_width(video.video_width());
        canvas.set_height(video.video_height());
        let pen = canvas.get_context("2d").ok()??;
        let pen: CanvasRenderingContext2d = pen.dyn_into().ok()?;
        pen.draw_image_with_html_video_element(&video, 0.0, 0.0).ok()?;
        Some(canvas)
    }
}

/// The question.
#[component]
pub fn Camera(material: u32) -> impl IntoView {
    let page = page();
    let room = room();
    let words = untrack(|| room.words());
    let lens = Lens::new();
    let shots = RwSignal::new(0_u32);
    let name = untrack(|| room.material(material))
        .map(|one| one.name.get(page.lang.get_untracked()).to_owned())
        .unwrap_or_default();
    Effect::new(move || {
        if lens.video.get().is_some() {
            lens.open();
        }
    });
    on_cleanup(move || lens.shut());
    // Enter takes the photograph, and presses no other key that is near.
    let key = NodeRef::<Button>::new();
    Effect::new(move || {
        if lens.state.get() == State::Shown {
            request_animation_frame(move || {
                if let Some(key) = key.get_untracked() {
                    let _ = key.focus();
                }
            });
        }
    });
    let shoot = move |_| {
        let Some(canvas) = lens.shoot() else { return };
        let Some(case) = untrack(|| room.look(|case| case.id)) else { return };
        spawn_local(async move {
            if let Some(blob) = picture(&canvas, "image/jpeg", QUALITY).await {
                send(page, case, material, blob);
                let _ = shots.try_update(|shots| *shots += 1);
            }
        });
    };
    view! {
        <div class="camera" tabindex="-1" autofocus>
            <header>
                <h2>{fill(words.camera_title, &[("name", &name)])}</h2>
                <Which lens />
            </header>
            <div class="body">
                <video node_ref=lens.video autoplay muted playsinline></video>
                <canvas node_ref=lens.canvas hidden></canvas>
                <p class="over" role="status">
                    {move || match lens.state.get() {
                        State::Opening => words.camera_opening,
                        State::Shown => "",
                        State::None => words.camera_none,
                    }}
                </p>
            </div>
            <footer>
                <p class="reply good" role="status">
                    {move || {
                        let shots = shots.get();
                        (shots > 0).then(|| fill(words.shot, &[("n", &shots)]))
                    }}
                </p>
                <button class="button" type="button" on:click=move |_| room.close()>
                    {words.finish}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    type="button"
                    node_ref=key
                    disabled=move || lens.state.get() != State::Shown
                    on:click=shoot
                >
                    {words.shoot}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </div>
    }
}

/// Which camera, where there are several.
#[component]
fn Which(lens: Lens) -> impl IntoView {
    let room = room();
    move || {
        let cameras = lens.cameras.get();
        (cameras.len() > 1).then(|| {
            let options = cameras
                .into_iter()
                .map(|(id, label)| {
                    let is_chosen = id == lens.which.get();
                    view! {
                        <option value=id selected=is_chosen>
                            {label}
                        </option>
                    }
                })
                .collect_view();
            view! {
                <select
                    class="input"
                    aria-label=move || room.words().camera_which
                    on:change=move |event| lens.choose(event_target_value(&event))
                >
                    {options}
                </select>
            }
        })
    }
}

/// The stream of a camera, or of the one the browser likes best; none where
/// there is none, or no leave for it.
async fn open_camera(wanted: &str) -> Option<MediaStream> {
    let ideal = |value: JsValue| {
        let wish = Object::new();
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&wish, &"ideal".into(), &value);
        JsValue::from(wish)
    };
    let video = Object::new();
    let mut wishes = vec![("width", ideal(WIDE.into())), ("height", ideal(HIGH.into()))];
    if !wanted.is_empty() {
        wishes.push(("deviceId", ideal(wanted.into())));
    }
    for (name, wish) in wishes {
        let _ = Reflect::set(&video, &name.into(), &wish);
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    let devices = window().navigator().media_devices().ok()?;
    let asked = devices.get_user_media_with_constraints(&constraints).ok()?;
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}

/// The cameras there are, by id and name. Told only once one may be used.
async fn known_cameras() -> Vec<(String, String)> {
    let asked = window().navigator().media_devices().and_then(|all| all.enumerate_devices());
    let Ok(asked) = asked else { return Vec::new() };
    let Ok(all) = JsFuture::from(asked).await else { return Vec::new() };
    Array::from(&all)
        .iter()
        .filter_map(|one| one.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|one| one.kind() == MediaDeviceKind::Videoinput)
        .map(|one| (one.device_id(), one.label()))
        .collect()
}

/// The camera's light goes out.
fn end(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}
