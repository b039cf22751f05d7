// The item types that the page's bundle brings along (psm_course/items/*/), by name. Its entry puts them here: of practice main.js and
// verdicts.js, of tests test/main.js.

/** @typedef {Record<string, any>} Scoring the compiled rule of one item: its `type`, and what the marker of that type asks of it */
/** @typedef {any} Response JSON, as `responses` of a submission holds it (psm_course/grading/submission.py); `null`: not answered */
/** @typedef {[earned: number | boolean, outOf: number, critical?: boolean]} Earned safe whole numbers, and whether it is a dangerous mistake */

/**
 * `marker` of marker.js. `mark` gives what was earned, or a status by its name, or nothing where the response is no answer to this item at all.
 * @typedef {object} Marker
 * @property {(scoring: Scoring, response: Response) => Earned | 'blank' | 'review' | null | false | ''} mark
 * @property {string} [first] what to do before it can be checked
 * @property {string} [unreadable] what is said of a response that is no answer
 * @property {(scoring: Scoring, response: Response, right: number) => string} [partly] what is said of a part, where there is more to say;
 *   `right`: how many of its lines are, or what was earned
 * @property {(scoring: Scoring, response: Response) => [line: string, isRight: boolean][]} [lines] of an answer in lines: which are right
 */

/**
 * `widget` of widget.js: between the form of an item and its response.
 * @typedef {object} Widget
 * @property {(item: HTMLElement) => Response} read a text, a list or a map; an empty one counts as not answered
 * @property {(item: HTMLElement, response: Response) => void} fill
 * @property {(item: HTMLElement, response: Response) => boolean} [isWhole] nothing is left open; without it any response is whole
 * @property {(item: HTMLElement) => void | ((changed: HTMLInputElement) => void)} [watch] makes its form ready; what to do first when a field was changed
 */

/** @typedef {{responses: Record<string, Response>, right: Record<string, boolean>, tries: Record<string, number>}} Kept what a phone keeps of a practice quiz */
/**
 * Keeps the response to an item, and a try where it was marked; says in `place` whether it was kept.
 * @typedef {(place: HTMLElement, id: string, response: Response, wasRight?: boolean) => void} Keep
 */
/**
 * `play` of play.js, for a type that is practised in a way of its own. Gives what shows an item as it is kept, at first and once another tab has
 * changed that.
 * @typedef {(item: HTMLElement, scoring: Scoring, keep: Keep) => (kept: Kept) => void} Play
 */

/** @type {Record<string, Marker>} */
export const markers = {};
/** @type {Record<string, Widget>} */
export const widgets = {};
