// Dossiers of all procedures, with every template they need: what is asked first, then the answers of each form.

import { example } from "./words.mjs";

const self = example("nguoi-nop", "ok-tu-nop");
const proxy = example("nguoi-nop", "ok-nop-ho-buu-dien");
const B1 = "tro-cap-xa-hoi-hang-thang";

/** By name: `{ procedure, agency, case, forms }`. */
export const dossiers = {
  "visiting a martyr's grave": {
    procedure: "tham-vieng-mo-liet-si",
    agency: "UBND xã Cam Lộ",
    case: { la_ai: "than-nhan" },
    forms: { "nd131-31": example("nd131-31", "ok-ba-nguoi") },
  },
  "visiting a grave nobody has found": {
    procedure: "tham-vieng-mo-liet-si",
    agency: "UBND xã Cam Lộ",
    case: { la_ai: "tho-cung" },
    forms: { "nd131-31": example("nd131-31", "ok-mot-minh") },
  },
  "allowance for an old man": {
    procedure: B1,
    agency: "UBND xã Hướng Phùng",
    case: { viec: "tro-cap", cho_ai: "cao-tuoi", cao_tuoi: "k5c" },
    forms: { "nd20-1d": example("nd20-1d", "ok-tren-80-tuoi"), "nguoi-nop": proxy },
  },
  "allowance for an orphan": {
    procedure: B1,
    agency: "UBND xã Hướng Phùng",
    case: { viec: "tro-cap", cho_ai: "tre-em", bi_bo_roi: "no", me: "da-mat", cha: "da-mat" },
    forms: { "nd20-1a": example("nd20-1a", "ok-mo-coi-ca-cha-me") },
  },
  "allowance for a child with HIV": {
    procedure: B1,
    agency: "UBND phường Đông Hà",
    case: { viec: "tro-cap", cho_ai: "hiv", hiv_tuoi: "tre-em" },
    forms: { "nd20-1b": example("nd20-1b", "ok-tre-em") },
  },
  "allowance for a widow with two children": {
    procedure: B1,
    agency: "UBND xã Khe Sanh",
    case: { viec: "tro-cap", cho_ai: "don-than" },
    forms: { "nd20-1c": example("nd20-1c", "ok-hai-con") },
  },
  "allowance for a disabled woman": {
    procedure: B1,
    agency: "UBND xã Hải Lăng",
    case: { viec: "tro-cap", cho_ai: "khuyet-tat", muc_do: "nang" },
    forms: { "nd20-1dd": example("nd20-1dd", "ok-nguoi-lon") },
  },
  "care at home": {
    procedure: B1,
    agency: "UBND xã La Lay",
    case: { viec: "cham-soc", cham_soc: "trong-nha" },
    forms: { "nd20-2a": example("nd20-2a", "ok-khai-thay") },
  },
  "taking a child into care": {
    procedure: B1,
    agency: "UBND xã Triệu Phong",
    case: { viec: "cham-soc", cham_soc: "nhan-tre-em", dang_nhan: "khong" },
    forms: { "nd20-2b": example("nd20-2b", "ok-hai-vo-chong"), "nd20-03": example("nd20-03", "ok-tre-em") },
  },
  "help with a funeral": {
    procedure: "ho-tro-chi-phi-mai-tang",
    agency: "UBND xã Hướng Lập",
    case: { truong_hop: "tro-cap" },
    forms: { "nd20-04": example("nd20-04", "ok-gia-dinh") },
  },
  "becoming a poor household": {
    procedure: "cong-nhan-ho-ngheo",
    agency: "UBND xã Hướng Phùng",
    case: { trong_danh_sach: "chua" },
    forms: { "qd24-01": example("qd24-01", "ok-ra-soat") },
  },
  "leaving poverty, in English": {
    procedure: "cong-nhan-ho-thoat-ngheo",
    agency: "UBND xã Hướng Phùng",
    case: { trong_danh_sach: "yes" },
    forms: { "qd24-04": example("qd24-04", "ok-thoat-ngheo") },
  },
  "a permit to build a house": {
    procedure: "cap-giay-phep-xay-dung",
    agency: "UBND phường Đông Hà",
    case: { viec: "xay-moi", noi: "quy-hoach", lien_ke: "yes", dien_mien: "khong" },
    forms: { "nd15-01": example("nd15-01", "ok-thue-thiet-ke") },
  },
};

for (const dossier of Object.values(dossiers)) dossier.forms = { "nguoi-nop": self, ...dossier.forms };
