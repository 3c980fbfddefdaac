// The script of the editor page. Its files become one when static files are collected.
import "./ready.js";
import "./popover.js";
import "./admin/insert.js";
import "./admin/toolbar.js";
import "./admin/complete.js";
import "./admin/preview.js";
import "./admin/scroll.js";
import "./admin/pictures.js";
import "./admin/autosave.js";
import "./admin/form.js";
