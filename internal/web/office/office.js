// What every page of the office shares: the problem with a form is focused, so
// that it is read out and in sight.
document.querySelector("[data-focus]")?.focus();
