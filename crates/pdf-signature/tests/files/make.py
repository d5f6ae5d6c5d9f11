"""Makes the signed PDFs beside this file, and the verdict pyHanko gives of each (`pyhanko.tsv`).

    python3 -m venv v && v/bin/pip install pyhanko==0.38.0 cryptography && v/bin/python make.py

Everybody in them is invented. The keys are made anew on each run, sign these files alone and are thrown away: none is
written to the disk. Only the root's certificate is kept, under `roots/`.
"""

import asyncio
import datetime as dt
import io
import pathlib
import re

from asn1crypto import keys, x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter, copy_into_new_writer
from pyhanko.sign import PdfSigner, signers, timestamps
from pyhanko.sign.signers import pdf_signer as place
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

HERE = pathlib.Path(__file__).parent
UTC = dt.timezone.utc
YEAR = dt.timedelta(days=365)
NOW = dt.datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
UID = ObjectIdentifier("0.9.2342.19200300.100.1.1")


def name(cn, organisation, uid=None):
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, cn),
    ]
    if uid:
        parts.append(x509.NameAttribute(UID, uid))
    return x509.Name(parts)


def certificate(subject, key, issuer=None, issuer_key=None, begins=NOW - YEAR, ends=NOW + 20 * YEAR, ca=False,
                usage="sign", stamps=False, hash_=None, depth=None):
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(begins).not_valid_after(ends)
    made = made.add_extension(x509.BasicConstraints(ca=ca, path_length=depth), critical=True)
    flags = dict.fromkeys(["digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
                           "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"], False)
    wanted = {"sign": ["digital_signature", "content_commitment"], "ca": ["key_cert_sign", "crl_sign"],
              "encrypt": ["key_encipherment"]}[("ca" if ca else usage)]
    flags.update(dict.fromkeys(wanted, True))
    made = made.add_extension(x509.KeyUsage(**flags), critical=True)
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(issuer_key or key, hash_ or hashes.SHA256())


def of_asn1(certificate):
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def signer(certificate, key, chain, pss=False):
    private = keys.PrivateKeyInfo.load(key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    store = SimpleCertificateStore()
    store.register_multiple([of_asn1(one) for one in chain])
    return signers.SimpleSigner(signing_cert=of_asn1(certificate), signing_key=private, cert_registry=store,
                                prefer_pss=pss)


def rsa_key():
    return rsa.generate_private_key(65537, 2048)


def paper(says="Giay chung tu (vi du)", streams=False):
    writer = PdfFileWriter(stream_xrefs=streams)
    font = writer.add_object(generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Font"), generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
        generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica")}))
    text = writer.add_object(generic.StreamObject(stream_data=f"BT /F 18 Tf 60 700 Td ({says}) Tj ET".encode()))
    resources = generic.DictionaryObject({generic.pdf_name("/Font"): generic.DictionaryObject(
        {generic.pdf_name("/F"): font})})
    writer.insert_page(PageObject(contents=text, media_box=(0, 0, 595, 842), resources=resources))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(pdf, who, field="ChuKy1", digest="sha256", cades=False, at=NOW, stamper=None):
    meta = PdfSignatureMetadata(field_name=field, md_algorithm=digest, name=None,
                                subfilter=SigSeedSubFilter.PADES if cades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pdf_signer = PdfSigner(meta, signer=who, timestamper=stamper)
    real = place.datetime
    # The claimed time is part of what is tested, so it is not the machine's.
    class Fixed(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return at.astimezone(tz) if tz else at
    place.datetime = Fixed
    try:
        asyncio.run(pdf_signer.async_sign_pdf(writer, output=out))
    finally:
        place.datetime = real
    return out.getvalue()


def append(pdf, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def more_text(writer):
    page, _ = writer.find_page_for_modification(0)
    contents = writer.add_object(generic.StreamObject(stream_data=b"BT /F 18 Tf 60 600 Td (10.000.000 dong) Tj ET"))
    page = page.get_object()
    page[generic.pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), contents])
    writer.update_container(page)


def cut_field(writer):
    form = writer.root["/AcroForm"]
    field = form["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


def range_of(pdf):
    found = re.search(rb"/ByteRange\s*\[(.*?)\]", pdf)
    return found, [int(number) for number in found.group(1).split()]


def with_range(pdf, numbers):
    found, _ = range_of(pdf)
    text = b"/ByteRange [" + b" ".join(str(number).encode() for number in numbers)
    width = found.end() - found.start() - 1
    return pdf[:found.start()] + text.ljust(width) + b"]" + pdf[found.end():]


def main():
    root_key, other_key, mid_key = rsa_key(), rsa_key(), ec.generate_private_key(ec.SECP384R1())
    long = dict(begins=NOW - 4 * YEAR)
    root = certificate(name("THỬ NGHIỆM - Gốc Ví Dụ", "Ví dụ, không có thật"), root_key, ca=True, **long)
    mid = certificate(name("THỬ NGHIỆM - CA Ví Dụ", "Ví dụ, không có thật"), mid_key, root.subject, root_key, ca=True, depth=0)
    other = certificate(name("THỬ NGHIỆM - Gốc Lạ", "Không ai tin"), other_key, ca=True)
    (HERE / "roots").mkdir(exist_ok=True)
    (HERE / "roots" / "goc-vi-du.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    lan = name("Nguyễn Thị Ngọc Lan", "Ủy ban nhân dân xã Ví Dụ", "CCCD:000190000001")
    binh = name("Trần Văn Bình", "Phòng khám Ví Dụ", "MST:0000000001")

    def person(subject, key, **more):
        return certificate(subject, key, mid.subject, mid_key, **more)

    keys_ = [rsa_key(), ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())]
    by_rsa = signer(person(lan, keys_[0]), keys_[0], [mid])
    by_p256 = signer(person(binh, keys_[1]), keys_[1], [mid])
    by_p384 = signer(person(binh, keys_[2]), keys_[2], [mid])
    by_pss = signer(person(lan, keys_[0]), keys_[0], [mid], pss=True)
    past = dict(begins=NOW - 3 * YEAR, ends=NOW - 2 * YEAR)
    by_past = signer(person(lan, keys_[0], **past), keys_[0], [mid])
    by_other = signer(certificate(lan, keys_[0], other.subject, other_key), keys_[0], [other])
    by_encrypter = signer(person(lan, keys_[0], usage="encrypt"), keys_[0], [mid])
    small = rsa.generate_private_key(65537, 1024)
    by_small = signer(person(lan, small), small, [mid])
    # A person's certificate used as an authority.
    forged = certificate(binh, keys_[1], lan, keys_[0])
    by_forged = signer(forged, keys_[1], [person(lan, keys_[0]), mid])
    stamp_key = rsa_key()
    stamp = certificate(name("THỬ NGHIỆM - Dấu thời gian", "Ví dụ, không có thật"), stamp_key, root.subject, root_key,
                        stamps=True, **long)
    old_mid = certificate(mid.subject, mid_key, root.subject, root_key, ca=True, **long)

    def stamper(at, certificate_=stamp, key=stamp_key):
        private = keys.PrivateKeyInfo.load(key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        store = SimpleCertificateStore()
        store.register(of_asn1(certificate_))
        return timestamps.DummyTimeStamper(tsa_cert=of_asn1(certificate_), tsa_key=private, certs_to_embed=store,
                                           fixed_dt=at)

    then = NOW - dt.timedelta(days=900)
    by_past_long = signer(certificate(lan, keys_[0], old_mid.subject, mid_key, **past), keys_[0], [old_mid])
    plain = paper()
    files = {
        "rsa.pdf": sign(plain, by_rsa),
        "rsa-sha512-cades.pdf": sign(plain, by_rsa, digest="sha512", cades=True),
        "xref-stream.pdf": sign(paper(streams=True), by_rsa),
        "p256.pdf": sign(plain, by_p256),
        "p384.pdf": sign(plain, by_p384, digest="sha384", cades=True),
        "pss.pdf": sign(plain, by_pss, digest="sha384"),
        "stamped.pdf": sign(plain, by_rsa, stamper=stamper(NOW)),
        "stamped-then-expired.pdf": sign(plain, by_past_long, at=then, stamper=stamper(then)),
        "stamped-by-a-stranger.pdf": sign(plain, by_rsa, stamper=stamper(
            NOW, certificate(name("Dấu lạ", "Không ai tin"), other_key, stamps=True), other_key)),
        "claimed-then-expired.pdf": sign(plain, by_past_long, at=then),
        "expired.pdf": sign(plain, by_past, at=NOW),
        "untrusted.pdf": sign(plain, by_other),
        "forged-authority.pdf": sign(plain, by_forged),
        "wrong-usage.pdf": sign(plain, by_encrypter),
        "sha1.pdf": sign(plain, by_rsa, digest="sha1"),
        "small-key.pdf": sign(plain, by_small),
        "unsigned.pdf": plain,
    }
    signed = files["rsa.pdf"]
    files["two.pdf"] = sign(signed, by_p256, field="ChuKy2")
    files["appended.pdf"] = append(signed, more_text)
    files["appended-then-signed.pdf"] = sign(files["appended.pdf"], by_p256, field="ChuKy2")
    files["removed.pdf"] = append(signed, cut_field)
    at = signed.index(b"Giay chung tu")
    files["altered.pdf"] = signed[:at] + b"Giai" + signed[at + 4:]
    _, numbers = range_of(signed)
    files["range-short.pdf"] = with_range(signed, numbers[:3] + [numbers[3] - 40])
    files["range-gap.pdf"] = with_range(signed, [0, numbers[1] - 30, numbers[2], numbers[3]])
    files["range-overlap.pdf"] = with_range(signed, [0, numbers[1], numbers[1] - 20, numbers[3]])
    files["range-huge.pdf"] = with_range(signed, [0, numbers[1], numbers[2], 10 ** len(str(numbers[3])) - 1])
    files["trailing.pdf"] = signed + b"\n% chu them vao\n"
    cms = signed.index(b"<", numbers[1]) + 40
    files["broken-cms.pdf"] = signed[:cms] + b"00" * 20 + signed[cms + 40:]
    locked = copy_into_new_writer(PdfFileReader(io.BytesIO(plain)))
    locked.encrypt(owner_pass="vi-du", user_pass="vi-du")
    out = io.BytesIO()
    locked.write(out)
    inside = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    inside.encrypt("vi-du")
    out = io.BytesIO()
    asyncio.run(PdfSigner(PdfSignatureMetadata(field_name="ChuKy1"), signer=by_rsa).async_sign_pdf(inside, output=out))
    files["encrypted.pdf"] = out.getvalue()
    files["rubbish.pdf"] = b"%PDF-1.7\n/ByteRange [0 1 2 3] /Contents <00> " + bytes(range(256)) * 4
    rows = []
    for file, content in sorted(files.items()):
        (HERE / file).write_bytes(content)
        rows.append(f"{file}\t{theirs(content, root)}")
    (HERE / "pyhanko.tsv").write_text("\n".join(rows) + "\n")


def theirs(content, root):
    """pyHanko's own verdicts, one for each signature: intact, valid, trusted, coverage and what changed after it."""
    context = lambda: ValidationContext(trust_roots=[of_asn1(root)], moment=NOW, allow_fetching=False)
    try:
        reader = PdfFileReader(io.BytesIO(content))
        said = []
        for signature in reader.embedded_signatures:
            try:
                status = validate_pdf_signature(signature, context(), ts_validation_context=context())
                words = ["intact" if status.intact else "altered", "valid" if status.valid else "invalid",
                         "trusted" if status.trusted else "untrusted", status.coverage.name.lower(),
                         status.modification_level.name.lower() if status.modification_level else "suspicious"]
                said.append(" ".join(words))
            except Exception as error:
                said.append(f"refused {type(error).__name__}")
        return " | ".join(said) or "none"
    except Exception as error:
        return f"unreadable {type(error).__name__}"


if __name__ == "__main__":
    main()
