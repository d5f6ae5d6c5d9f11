// Form.io with a form: its whole page.
import { Formio } from "@formio/js";
import "@formio/js/dist/formio.form.min.css";

const { definition, data } = await (await fetch(document.body.dataset.form)).json();
const form = await Formio.createForm(document.getElementById("form"), definition);
if (data) await form.setSubmission({ data });
