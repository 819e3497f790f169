// Everything here only improves pages that work without it.
import { autosave } from "./autosave.js";
import { caseForm } from "./caseform.js";
import { conditional } from "./conditional.js";
import { countdown } from "./countdown.js";
import { errors } from "./errors.js";
import { live } from "./live.js";
import { menu } from "./menu.js";
import { passkey } from "./passkey.js";
import { reading } from "./reading.js";
import { reveal } from "./reveal.js";
import { screen } from "./screen.js";
import { shortcuts } from "./shortcuts.js";
import { submitOnce } from "./submit.js";
import { suggest } from "./suggest.js";
import { upload } from "./upload.js";

document.documentElement.classList.add("has-js");
const starts = [
  menu,
  errors,
  conditional,
  upload,
  caseForm,
  reveal,
  passkey,
  reading,
  autosave,
  submitOnce,
  suggest,
  shortcuts,
  countdown,
  live,
  screen,
];
for (const start of starts) start(document);
