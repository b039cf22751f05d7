// What a phone keeps (core/store.js), by its key. Values of other shapes may come from an older release; whoever reads one checks it.

/** `device` (people/device.js): who is known here. An empty `code` is a person who came without her card. */
interface Person { number: string; office: string; name: string; code: string }
interface Device { active: string; people: Person[] }

/** The tab's own history (people/lock.js). `code` is null where the link was cut. */
interface LockedSitting { number: string; code: string | null; quiz?: string; name?: string }

/** `p/<number>/page/<docname>` and `p/<number>/quiz/<id>`. `step` is the anchor of the step that was shown last (`steps/steps.js`). */
interface KeptPage { begun?: boolean; read?: boolean; step?: string }
interface KeptQuiz { responses?: Record<string, any>; right: Record<string, boolean>; tries: Record<string, number> }

/**
 * `p/<number>/sitting/<quiz>` while a test runs. `items` are those drawn, in their order; `spent` are milliseconds up to `seen`; `on` is the item
 * last in sight. `page` and `minutes` are for other pages, which say that it runs.
 */
interface Sitting {
  participant: string; quiz: string; attempt: number; id: string; digest: string; items: string[]; responses: Record<string, any>;
  started_at: string; spent: number; seen: number; on?: string; page?: string; minutes?: number;
}

/** What is handed in (grading/submission.py). */
interface Submission {
  id: string; quiz: string; participant: string; attempt: number; started_at: string; finished_at: string; mac?: string;
  [more: string]: any;
}
/** `p/<number>/handin/<id>`, and with its receipt as the pages show it. */
interface HandIn { document: Submission; macs?: string[]; refused?: string; receipt?: KeptReceipt | null }
/** `p/<number>/receipt/<id>`. */
interface KeptReceipt { code: string; standing?: string; signed?: any; checked?: boolean }

/** A lesson or a module as the menu describes it, with how far the person has come (resume/progress.js). */
type State = 'none' | 'begun' | 'done';
interface Lesson { id?: string; title?: string; start: string; practice: string[][] }
interface JudgedLesson extends Lesson { state: State; right: number }
interface Module { id: string; lessons: Lesson[] }
interface JudgedModule extends Module { state: State; lessons: JudgedLesson[] }
