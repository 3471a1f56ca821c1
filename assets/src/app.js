// Pages work without this; it saves a click, and whatever is typed where an answer does not come.
import "htmx.org";
import "./choosing.js";
import "./answers.js";
import "./saving.js";
import "./leaving.js";
import "./keys.js";
import "./day.js";
import "./count.js";
