//! Random numbers that are the same for the same seed (`SplitMix64`).

pub(super) struct Random {
    state: u64,
}

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// At least 0 and less than 1.
    pub(super) fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        #[allow(clippy::cast_precision_loss)]
        let part = (mixed >> 11) as f64 / (1_u64 << 53) as f64;
        part
    }

    /// Mean 0, standard deviation 1.
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// The usual shape of service times: never negative, a long tail.
    pub(super) fn lognormal(&mut self, mean: f64, deviation: f64) -> f64 {
        let spread = (deviation / mean).powi(2).ln_1p();
        (mean.ln() - spread / 2.0 + spread.sqrt() * self.normal()).exp()
    }
}
