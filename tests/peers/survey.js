// SurveyJS with a form: its whole page.
import { Model } from "survey-core";
import "survey-core/survey-core.css";
import "survey-js-ui";

const { definition, data } = await (await fetch(document.body.dataset.form)).json();
const survey = new Model(definition);
survey.checkErrorsMode = "onValueChanged";
survey.data = data;
survey.render(document.getElementById("form"));
