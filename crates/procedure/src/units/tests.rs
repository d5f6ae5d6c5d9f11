//! The tables of `forms/units/`: how many units there are, and that people find theirs.
#![cfg(feature = "source")]

use super::*;

const TABLES: source::Tables<'static> = source::Tables {
    provinces: include_str!("../../../../forms/units/provinces.tsv"),
    communes: include_str!("../../../../forms/units/communes.tsv"),
    former: include_str!("../../../../forms/units/former.tsv"),
};
const QUANG_TRI: &str = "44";

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn today() -> Date {
    TODAY
}

fn labels(found: &[Suggestion]) -> Vec<&str> {
    found.iter().map(|suggestion| suggestion.label.as_str()).collect()
}

#[test]
fn every_unit_is_there() {
    let book = source::book(TABLES).unwrap();
    let communes: Vec<&Commune> = book.provinces().iter().flat_map(|unit| book.communes(&unit.code).unwrap()).collect();
    let of = |kind| communes.iter().filter(|unit| unit.kind == kind).count();
    assert_eq!(book.provinces().len(), 34);
    assert_eq!(book.provinces().iter().filter(|unit| unit.kind == UnitKind::City).count(), 6);
    assert_eq!(communes.len(), 3321);
    assert_eq!((of(UnitKind::Commune), of(UnitKind::Ward), of(UnitKind::SpecialZone)), (2621, 687, 13));
    assert!(communes.iter().all(|unit| !unit.former.is_empty() && unit.until.is_none()));

    let column = |text: &'static str, place: usize| {
        let mut values: Vec<&str> = text.lines().skip(1).map(|line| line.split('\t').nth(place).unwrap()).collect();
        values.sort_unstable();
        values.dedup();
        values.retain(|value| !value.is_empty());
        values.len()
    };
    assert_eq!((column(TABLES.former, 0), column(TABLES.former, 2), column(TABLES.former, 4)), (10_035, 696, 63));
    assert_eq!(
        TABLES
            .former
            .lines()
            .skip(1)
            .filter(|line| line.contains(',') && line.ends_with(|c: char| c.is_ascii_digit()))
            .count(),
        471
    );
    let ended = TABLES.provinces.lines().filter(|line| line.contains("2025-06-30")).count();
    assert_eq!(ended, 63);
}

#[test]
fn a_province_is_found_by_any_of_its_names() {
    let book = source::book(TABLES).unwrap();
    for (typed, label, was) in [
        ("quang tri", "Tỉnh Quảng Trị", None),
        ("Quảng Bình", "Tỉnh Quảng Trị", Some("tỉnh Quảng Bình")),
        ("tỉnh quảng b", "Tỉnh Quảng Trị", Some("tỉnh Quảng Bình")),
        ("hue", "Thành phố Huế", None),
        ("thua thien", "Thành phố Huế", Some("tỉnh Thừa Thiên Huế")),
        ("hcm", "Thành phố Hồ Chí Minh", None),
        ("vung tau", "Thành phố Hồ Chí Minh", Some("tỉnh Bà Rịa - Vũng Tàu")),
        ("ha noi", "Thành phố Hà Nội", None),
        ("Đăk Nông", "Tỉnh Lâm Đồng", Some("tỉnh Đắk Nông")),
    ] {
        let found = book.suggest_provinces(typed, today());
        assert_eq!((found[0].label.as_str(), found[0].was.as_deref()), (label, was), "{typed}");
    }
    assert_eq!(book.suggest_provinces("", today()).len(), 34);
    assert_eq!(labels(&book.suggest_provinces("", today()))[..2], ["Tỉnh An Giang", "Tỉnh Bắc Ninh"]);
    assert_eq!(book.suggest_provinces("zzz", today()), []);
}

#[test]
fn a_commune_is_found_by_its_old_ward_or_district() {
    let book = source::book(TABLES).unwrap();
    let find = |typed: &str| book.suggest_communes(QUANG_TRI, typed, today(), 12);
    for (typed, label, was) in [
        ("Triệu Phong", "Xã Triệu Phong", None),
        ("xa trieu phong", "Xã Triệu Phong", None),
        ("trieu p", "Xã Triệu Phong", None),
        ("Trieu Phogn", "Xã Triệu Phong", None),
        ("hai duong", "Xã Mỹ Thủy", Some("xã Hải Dương, huyện Hải Lăng")),
        ("Hải Dương, Hải Lăng", "Xã Mỹ Thủy", Some("xã Hải Dương, huyện Hải Lăng")),
        ("xã triệu độ", "Xã Triệu Bình", Some("xã Triệu Độ, huyện Triệu Phong")),
        ("ai tu", "Xã Ái Tử", None),
        ("cồn cỏ", "Đặc khu Cồn Cỏ", None),
        ("dakrong", "Xã Đakrông", None),
    ] {
        let found = find(typed);
        assert_eq!(
            found.first().map(|first| (first.label.as_str(), first.was.as_deref())),
            Some((label, was)),
            "{typed}: {found:?}"
        );
    }
    let found = find("Hải Lăng");
    assert_eq!(found[0], Suggestion { code: "19702".into(), label: "Xã Hải Lăng".into(), was: None });
    let mut others: Vec<&str> = labels(&found)[1..].to_vec();
    others.sort_unstable();
    assert_eq!(others, ["Xã Diên Sanh", "Xã Mỹ Thủy", "Xã Nam Hải Lăng", "Xã Vĩnh Định"]);
    assert!(found[1..].iter().all(|other| other.was.as_deref() == Some("huyện Hải Lăng")), "{found:?}");
    assert_eq!(find("").len(), 12);
    assert_eq!(book.suggest_communes("01", "diên sanh", today(), 12), []);
}

#[test]
fn a_ward_of_before_leads_to_the_communes_it_became() {
    let book = source::book(TABLES).unwrap();
    let rows: Vec<Vec<&str>> = TABLES.former.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let key = |row: &[&str]| {
        (row[4].to_owned(), row[3].to_owned(), form::text::fold(row[1].split_once(' ').unwrap_or(("", "")).1))
    };
    let mut keys: Vec<_> = rows.iter().map(|row| key(row)).collect();
    keys.sort_unstable();
    let mut unclear = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        // Every fiftieth, and all those that only marks or the kind tell from another one in the district.
        let twin =
            keys.partition_point(|other| *other <= key(row)) - keys.partition_point(|other| *other < key(row)) > 1;
        if row[1].is_empty() || !(twin || place % 50 == 0) {
            continue;
        }
        let province = book.province_called(row[5], TODAY).unwrap_or_else(|| panic!("{}", row[5]));
        let found = book.communes_of_ward(&province.code, row[1], row[3], TODAY);
        let mut found: Vec<&str> = found.iter().map(|unit| unit.code.as_str()).collect();
        found.sort_unstable();
        let mut became: Vec<&str> = row[7].split(',').collect();
        became.sort_unstable();
        assert!(became.iter().all(|code| found.contains(code)), "{row:?}: {found:?}");
        if found != became {
            unclear.push(format!("{}, {}, {}", row[1], row[3], row[5]));
        }
    }
    assert_eq!(unclear, [""; 0]);
    // Two districts of the Vĩnh Long of today had this name, and both a town of the same name.
    let both = book.communes_of_ward("86", "thị trấn Châu Thành", "huyện Châu Thành", TODAY);
    assert_eq!(both.len(), 2);
}

#[test]
fn units_are_found_as_papers_write_them() {
    let book = source::book(TABLES).unwrap();
    let found = |ward: &str, district: &str, province: &str| -> Vec<String> {
        let province = book.province_called(province, today()).unwrap();
        book.communes_of_ward(&province.code, ward, district, today()).iter().map(|unit| unit.label.clone()).collect()
    };
    for (ward, district, province, communes) in [
        ("Hải Dương", "Hải Lăng", "Quảng Trị", &["xã Mỹ Thủy"][..]),
        ("xã Hải Dương", "H. Hải Lăng", "T.Quảng Trị", &["xã Mỹ Thủy"]),
        ("TT. Diên Sanh", "huyện Hải Lăng", "tỉnh Quảng Trị", &["xã Diên Sanh"]),
        ("Phường 5", "Đông Hà", "Quảng Trị", &["phường Nam Đông Hà"]),
        ("P.05", "TP Đông Hà", "Quảng Trị", &["phường Nam Đông Hà"]),
        ("Bến Nghé", "Quận 1", "TP. Hồ Chí Minh", &["phường Sài Gòn"]),
        ("Bến Nghé", "Q1", "TP.HCM", &["phường Sài Gòn"]),
        ("Cống Vị", "Ba Đình", "Hà Nội", &["phường Giảng Võ", "phường Ngọc Hà"]),
        ("xã Không Có", "Hải Lăng", "Quảng Trị", &[]),
        ("", "", "Quảng Trị", &[]),
    ] {
        assert_eq!(found(ward, district, province), communes, "{ward}, {district}, {province}");
    }
    let of = |district: &str| book.communes_of_district(QUANG_TRI, district, today()).len();
    assert_eq!((of("Hải Lăng"), of("huyện Hải Lăng"), of("Quận 1")), (5, 5, 0));
    let called = |name: &str| book.communes_called(QUANG_TRI, name, today()).len();
    assert_eq!((called("Triệu Phong"), called("Xã Triệu Phong"), called("Bến Nghé")), (1, 1, 0));
    assert!(book.province_called("Atlantis", today()).is_none() && book.province_called("", today()).is_none());
}

#[test]
fn the_book_says_what_it_does_not_know() {
    let files = source::files(TABLES).unwrap();
    let bytes = |name: &str| &files.iter().find(|file| file.0 == name).unwrap().1;
    let mut book = UnitsBook::from_bytes(bytes("provinces")).unwrap();
    assert_eq!(book.commune(QUANG_TRI, "19702", today()), Known::NotLoaded);
    assert_eq!(book.commune("45", "19702", today()), Known::No);
    book.load(QUANG_TRI, bytes(QUANG_TRI)).unwrap();
    assert_eq!(book.commune(QUANG_TRI, "19702", today()), Known::Yes);
    assert_eq!(book.commune(QUANG_TRI, "19702", Date::new(2025, 6, 30).unwrap()), Known::No);
    assert_eq!(book.commune(QUANG_TRI, "00004", today()), Known::No);
    assert_eq!(book.province_name(QUANG_TRI), Some("tỉnh Quảng Trị"));
    assert_eq!(book.commune_name("19702"), Some("xã Hải Lăng"));
    assert_eq!(book.communes(QUANG_TRI).unwrap().len(), 78);
    assert_eq!(files.len(), 35);
}

#[test]
fn the_demonstration_desks_are_units_that_are_there() {
    let book = source::book(TABLES).unwrap();
    let agencies: toml::Table = toml::from_str(include_str!("../../../../forms/units/agencies.toml")).unwrap();
    let agencies = agencies["agency"].as_array().unwrap();
    let of = |agency: &toml::Value, key: &str| agency[key].as_str().unwrap().to_owned();
    let mut levels = (0, 0, 0);
    for agency in agencies {
        let (code, name) = (of(agency, "code"), of(agency, "name"));
        assert!(of(agency, "phone").starts_with("(0233) 000 0"), "{name} has a real telephone number");
        if of(agency, "level") == "district" {
            levels.0 += 1;
            assert_eq!(of(agency, "parent"), QUANG_TRI);
        } else if of(agency, "level") == "province" {
            levels.2 += 1;
            assert_eq!(code, QUANG_TRI);
        } else {
            levels.1 += 1;
            let parent = of(agency, "parent");
            assert!(agencies.iter().any(|other| of(other, "code") == parent), "{name}: {parent}");
            assert_eq!(book.commune(QUANG_TRI, &code, today()), Known::Yes, "{name}");
            assert_eq!(Some(name.trim_start_matches("UBND ")), book.commune_name(&code));
        }
    }
    assert_eq!(levels, (9, 37, 1));
}

#[test]
fn mistakes_in_tables_are_named() {
    let head = "code\tname\tkind\tprovince\tfrom\tuntil\n";
    for (communes, line, says) in [
        ("19702\tHải Lăng\txã\t44\t2025-07-01", 2, "fields"),
        ("1970\tHải Lăng\txã\t44\t2025-07-01\t", 2, "five digits"),
        ("19702\tHải Lăng\txã\t45\t2025-07-01\t", 2, "province"),
        ("19702\tHải Lăng\tthôn\t44\t2025-07-01\t", 2, "kind"),
        ("19702\tHải Lăng\txã\t44\t2025-02-30\t", 2, "dates"),
        ("19702\tHải Lăng\txã\t44\t2025-07-01\t\n19702\tHải Lăng\txã\t44\t2025-07-01\t", 0, "twice"),
        ("19702\tHải Lăng\txã\t44\t2025-07-01\t", 0, "not there"),
    ] {
        let text = format!("{head}{communes}\n");
        let error = source::book(source::Tables { communes: &text, ..TABLES }).unwrap_err();
        assert!(error.line == line && error.says.contains(says), "{error}");
    }
}
