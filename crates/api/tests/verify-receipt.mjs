// Checks a receipt with nothing of ours: only what the format's description says (crates/receipt/src/lib.rs), and Node's
// own crypto. Reads {"proof": …, "keys": …} from standard input; prints "valid", "changed" or "unknown key".
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const { proof, keys } = JSON.parse(readFileSync(0, "utf8"));
const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const seal = (line) => line.seal ?? sha256(`motcua-receipt/1 line\n${line.salt}\n${line.name}\n${line.value}`);
const signed = ["motcua-receipt/1", ...proof.lines.map(seal), ""].join("\n");

const key = keys.keys.find(
    ({ id, public: hex }) => id === proof.key && sha256(Buffer.from(hex, "hex")).slice(0, 16) === id,
);
if (!key) {
    console.log("unknown key");
} else {
    const x = Buffer.from(key.public, "hex").toString("base64url");
    const known = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    const fits = verify(null, Buffer.from(signed), known, Buffer.from(proof.signature, "hex"));
    console.log(fits ? "valid" : "changed");
}
