// SurveyJS with a form: its whole page.
import { Model, settings } from "survey-core";
import "survey-core/survey-core.css";
import "survey-js-ui";

const { definition, data } = await (await fetch(document.body.dataset.form)).json();
settings.panel.maxPanelCount = 1000;
const survey = new Model(definition);
// Ours hears every key as well.
survey.textUpdateMode = "onTyping";
survey.checkErrorsMode = "onValueChanged";
survey.data = data;
survey.render(document.getElementById("form"));
