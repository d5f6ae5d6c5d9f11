// A form of ours, in the languages of SurveyJS and of Form.io: every question with its label, its hint, and whether it must
// be answered. What they have no kind for is a line of text, so that they carry no more than we do. Conditions are left out.

const only = ([kind]) => kind;
const kindOf = (question) => only(Object.entries(question.kind));
const required = (question) => question.required === "Always";
const asked = (step) => step.questions.filter(({ given }) => !given);
const options = ({ options }) => options;
const DATE = [["day", "Ngày"], ["month", "Tháng"], ["year", "Năm"]];

/** SurveyJS; `rows` opens every group with so many rows. */
export function survey(form, rows = 0) {
  const element = (question) => {
    const [kind, what] = kindOf(question);
    const base = { name: question.id, title: question.label, description: question.hint, isRequired: required(question) };
    if (kind === "Choice") {
      const choices = options(what).map(({ value, label }) => ({ value, text: label }));
      return { ...base, type: "radiogroup", choices };
    }
    if (kind === "Choices") {
      const choices = options(what).map(({ value, label }) => ({ value, text: label }));
      return { ...base, type: "checkbox", choices };
    }
    if (kind === "YesNo") return { ...base, type: "radiogroup", choices: [{ value: "yes", text: "Có" }, { value: "no", text: "Không" }] };
    if (kind === "Declaration") return { ...base, type: "checkbox", choices: [{ value: "yes", text: "Tôi xác nhận" }] };
    if (kind === "Text" && what.long) return { ...base, type: "comment" };
    if (kind === "Date") {
      return { ...base, type: "multipletext", items: DATE.map(([name, title]) => ({ name, title, maxLength: 4 })) };
    }
    if (kind === "Repeat") {
      const templateElements = what.questions.map(element);
      return { ...base, type: "paneldynamic", templateElements, panelCount: rows, maxPanelCount: 1000 };
    }
    return { ...base, type: "text" };
  };
  const pages = form.steps.map((step) => ({ name: step.id, title: step.title, description: step.intro, elements: asked(step).map(element) }));
  return { definition: { pages }, data: {} };
}

/** Form.io, as a wizard. */
export function formio(form, rows = 0) {
  const data = {};
  const component = (question) => {
    const [kind, what] = kindOf(question);
    const key = question.id.replaceAll("-", "_");
    const base = { key, label: question.label, description: question.hint, input: true, validate: { required: required(question) } };
    if (kind === "Choice") return { ...base, type: "radio", values: options(what).map(({ value, label }) => ({ value, label })) };
    if (kind === "Choices") return { ...base, type: "selectboxes", values: options(what).map(({ value, label }) => ({ value, label })) };
    if (kind === "YesNo") return { ...base, type: "radio", values: [{ value: "yes", label: "Có" }, { value: "no", label: "Không" }] };
    if (kind === "Declaration") return { ...base, type: "checkbox" };
    if (kind === "Text" && what.long) return { ...base, type: "textarea" };
    if (kind === "Date") {
      const columns = DATE.map(([name, label]) => ({ components: [{ key: `${key}_${name}`, label, type: "textfield", input: true }], width: 4 }));
      return { type: "columns", key, label: question.label, columns };
    }
    if (kind === "Repeat") {
      if (rows) data[key] = Array.from({ length: rows }, () => ({}));
      return { ...base, type: "datagrid", components: what.questions.map(component) };
    }
    return { ...base, type: "textfield" };
  };
  const panel = (step) => ({ type: "panel", key: step.id.replaceAll("-", "_"), title: step.title, components: asked(step).map(component) });
  return { definition: { display: "wizard", components: form.steps.map(panel) }, data: rows ? data : null };
}

/** Plain fields: so many rows of those of the form's group, a date having three. */
export function plain(form, rows) {
  const [group] = form.steps.flatMap(({ questions }) => questions).filter((question) => kindOf(question)[0] === "Repeat");
  const field = (question) => {
    const one = { id: question.id, label: question.label, hint: question.hint, required: required(question) };
    if (kindOf(question)[0] !== "Date") return [one];
    return DATE.map(([name, title]) => ({ ...one, id: `${one.id}-${name}`, label: title, hint: name === "day" ? one.hint : "" }));
  };
  return { definition: { rows, fields: group.kind.Repeat.questions.flatMap(field) } };
}
