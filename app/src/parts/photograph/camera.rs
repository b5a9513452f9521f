//! A camera of the browser and its picture. A hall's document camera is one of several, so
//! whoever takes photographs can choose it, and a desk's browser remembers the choice.

use gloo_timers::future::TimeoutFuture;
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

use crate::parts::local_storage;

/// Quality of the JPEG: letters stay sharp, and a page is less than a megabyte.
pub const QUALITY: f64 = 0.85;
/// Pixels wanted, enough to read an A4 page; a camera may have fewer.
const WIDTH: u32 = 2560;
const HEIGHT: u32 = 1440;
/// How often an open camera looks whether its picture is still in the page.
const STILL_SHOWN_MS: u32 = 300;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewState {
    Opening,
    Shown,
    Failed,
    /// The page came over plain http, and browsers then have no cameras for it.
    Insecure,
}

/// Which camera is opened first.
#[derive(Debug, Clone, Copy)]
pub enum WhichCamera {
    /// The one chosen last: this browser remembers it under this key.
    Remembered(&'static str),
    /// One that looks away from whoever stands before the screen. A public screen remembers
    /// nobody's choice.
    FacingAway,
}

impl WhichCamera {
    /// Where this browser remembers the choice.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Remembered(key) => Some(key),
            Self::FacingAway => None,
        }
    }
}

/// A camera and its picture.
#[derive(Clone, Copy)]
pub struct CameraPreview {
    pub video: NodeRef<Video>,
    pub canvas: NodeRef<Canvas>,
    pub state: RwSignal<PreviewState>,
    stream: StoredValue<Option<MediaStream>, LocalStorage>,
    /// All cameras by id and name, once one is open.
    cameras: RwSignal<Vec<(String, String)>>,
    /// The id of the camera that is chosen.
    chosen: RwSignal<String>,
    which: WhichCamera,
}

impl CameraPreview {
    /// A camera that is not open yet.
    pub fn new(which: WhichCamera) -> Self {
        Self {
            video: NodeRef::new(),
            canvas: NodeRef::new(),
            state: RwSignal::new(PreviewState::Opening),
            stream: StoredValue::new_local(None),
            cameras: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(which.key().and_then(local_storage::read).unwrap_or_default()),
            which,
        }
    }

    pub fn open(self) {
        if !window().is_secure_context() {
            return self.state.set(PreviewState::Insecure);
        }
        self.state.set(PreviewState::Opening);
        let wanted = self.chosen.get_untracked();
        let looks_away = matches!(self.which, WhichCamera::FacingAway);
        spawn_local(async move {
            let opened = open_camera(&wanted, looks_away).await;
            // It may have been closed before the browser gave permission.
            let Some(video) = self.video.try_get_untracked().flatten() else {
                return opened.iter().for_each(stop);
            };
            let Some(opened) = opened else { return self.state.set(PreviewState::Failed) };
            video.set_src_object(Some(&opened));
            if let Ok(playing) = video.play() {
                let _ = JsFuture::from(playing).await;
            }
            let held = self.stream.try_update_value(|held| held.replace(opened.clone()));
            let Some(earlier) = held else { return stop(&opened) };
            earlier.iter().for_each(stop);
            let _ = self.state.try_set(PreviewState::Shown);
            let _ = self.cameras.try_set(known_cameras().await);
            // Whatever takes the picture out of the page, the camera's light goes out with it.
            while video.is_connected() {
                TimeoutFuture::new(STILL_SHOWN_MS).await;
            }
            stop(&opened);
        });
    }

    pub fn close(self) {
        if let Some(held) = self.stream.try_update_value(Option::take).flatten() {
            stop(&held);
        }
    }

    /// Whether there are several to choose from.
    pub fn is_one_of_several(self) -> bool {
        self.cameras.with(|cameras| cameras.len() > 1)
    }

    /// Opens the one after the one that is open.
    pub fn choose_next(self) {
        let next = self.cameras.with_untracked(|cameras| {
            let open = self.open_id();
            let at = cameras.iter().position(|(id, _)| Some(id) == open.as_ref());
            let next = at.map_or(0, |at| at + 1) % cameras.len().max(1);
            cameras.get(next).map(|(id, _)| id.clone())
        });
        if let Some(next) = next {
            self.choose(next);
        }
    }

    /// The id of the camera that is open.
    fn open_id(self) -> Option<String> {
        let stream = self.stream.try_get_value().flatten()?;
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).dyn_into().ok()?;
        track.get_settings().get_device_id()
    }

    fn choose(self, camera: String) {
        if let Some(key) = self.which.key() {
            local_storage::write(key, &camera);
        }
        self.chosen.set(camera);
        self.close();
        self.open();
    }

    /// Draws the current picture on the canvas; none where there is no picture.
    pub fn capture(self) -> Option<HtmlCanvasElement> {
        if self.state.get_untracked() != PreviewState::Shown {
            return None;
        }
        let (video, canvas) = (self.video.get_untracked()?, self.canvas.get_untracked()?);
        canvas.set_width(video.video_width());
        canvas.set_height(video.video_height());
        let context = canvas.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        context.draw_image_with_html_video_element(&video, 0.0, 0.0).ok()?;
        Some(canvas)
    }

    /// Opens the camera once its picture is in the page, and closes it with the page. Returns
    /// the reference of the button that takes the photograph. It is focused when there is a
    /// picture, so that Enter takes it and presses no other button nearby.
    pub fn open_when_mounted(self) -> NodeRef<Button> {
        Effect::new(move || {
            if self.video.get().is_some() {
                self.open();
            }
        });
        on_cleanup(move || self.close());
        let button = NodeRef::<Button>::new();
        Effect::new(move || {
            if self.state.get() == PreviewState::Shown {
                request_animation_frame(move || {
                    if let Some(button) = button.get_untracked() {
                        let _ = button.focus();
                    }
                });
            }
        });
        button
    }
}

/// A choice of cameras, where there are several.
#[component]
pub fn CameraChoice(
    preview: CameraPreview,
    #[prop(into)] label: Signal<&'static str>,
) -> impl IntoView {
    move || {
        let cameras = preview.cameras.get();
        (cameras.len() > 1).then(|| {
            let options = cameras
                .into_iter()
                .map(|(id, label)| {
                    let is_chosen = id == preview.chosen.get();
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
                    aria-label=label
                    on:change=move |event| preview.choose(event_target_value(&event))
                >
                    {options}
                </select>
            }
        })
    }
}

/// The stream of the camera wanted, or of the browser's default; none where there
/// is no camera or no permission.
async fn open_camera(wanted: &str, looks_away: bool) -> Option<MediaStream> {
    let ideal = |value: JsValue| {
        let constraint = Object::new();
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&constraint, &"ideal".into(), &value);
        JsValue::from(constraint)
    };
    let video = Object::new();
    let mut wanted_of_video =
        vec![("width", ideal(WIDTH.into())), ("height", ideal(HEIGHT.into()))];
    if !wanted.is_empty() {
        wanted_of_video.push(("deviceId", ideal(wanted.into())));
    } else if looks_away {
        wanted_of_video.push(("facingMode", ideal("environment".into())));
    }
    for (name, value) in wanted_of_video {
        let _ = Reflect::set(&video, &name.into(), &value);
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    let devices = window().navigator().media_devices().ok()?;
    let stream = devices.get_user_media_with_constraints(&constraints).ok()?;
    JsFuture::from(stream).await.ok()?.dyn_into().ok()
}

/// The cameras by id and name. Browsers list them only once one may be used.
async fn known_cameras() -> Vec<(String, String)> {
    let devices = window().navigator().media_devices().and_then(|all| all.enumerate_devices());
    let Ok(devices) = devices else { return Vec::new() };
    let Ok(all) = JsFuture::from(devices).await else { return Vec::new() };
    Array::from(&all)
        .iter()
        .filter_map(|one| one.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|one| one.kind() == MediaDeviceKind::Videoinput)
        .map(|one| (one.device_id(), one.label()))
        .collect()
}

/// Stops a stream; the camera's light goes out.
fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}
