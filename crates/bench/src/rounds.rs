//! Measuring several things in turn, round after round, and telling medians and ratios.

/// Something that is measured: how many a second.
pub struct Subject<'a> {
    /// What it is.
    pub name: &'a str,
    /// Measures it once.
    pub measure: Box<dyn FnMut() -> Result<f64, String> + 'a>,
}

/// Measures all subjects in turn, so many rounds; prints a table whose ratios are against the first subject, each taken
/// within one round.
pub fn compare(title: &str, rounds: usize, mut subjects: Vec<Subject<'_>>) -> Result<(), String> {
    let mut rates: Vec<Vec<f64>> = vec![Vec::new(); subjects.len()];
    for _ in 0..rounds {
        for (subject, rates) in subjects.iter_mut().zip(&mut rates) {
            rates.push((subject.measure)()?);
        }
    }
    println!("\n{title}");
    println!("{:<46} {:>10} {:>10} {:>10}  {:>7}  from – to", "", "median/s", "least/s", "most/s", "ratio");
    let base = rates.first().cloned().unwrap_or_default();
    for (subject, rates) in subjects.iter().zip(&rates) {
        let ratios: Vec<f64> = rates.iter().zip(&base).map(|(rate, base)| rate / base).collect();
        let ((least, most), (lowest, highest)) = (ends(rates), ends(&ratios));
        println!(
            "{:<46} {:>10.0} {least:>10.0} {most:>10.0}  {:>6.2}x  {lowest:.2} – {highest:.2}",
            subject.name,
            median(rates),
            median(&ratios)
        );
    }
    Ok(())
}

/// The least and the most of several figures.
fn ends(figures: &[f64]) -> (f64, f64) {
    figures.iter().fold((f64::INFINITY, 0.0), |(least, most), figure| (least.min(*figure), most.max(*figure)))
}

/// The middle of several figures.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
