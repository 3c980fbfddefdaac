// The script of every public page. Each file below stands alone: it neither exports nor imports,
// finds its own elements, takes its words from their data- attributes, and may be missing.
import "./ready.js";
import "./copy.js";
import "./popover.js";
import "./shortcut.js";
import "./display.js";
import "./ticks.js";
import "./contents.js";
import "./typed.js";
import "./instant.js";
import "./suggest.js";
import "./results.js";
import "./opened.js";
import "./actions.js";
