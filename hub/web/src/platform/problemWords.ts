import { ProblemCodes } from './contracts';
import { Problem } from './http';

/** Why an action failed and what to do about it, in one or two sentences. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) {
    return 'This page met something it did not expect. Load it again; if it stays, tell whoever runs the hub.';
  }
  const words = byCode[error.code];
  if (words !== undefined) return words(error);
  if (error.status >= 500) {
    const trace = error.correlationId === null ? '' : ` and name ${error.correlationId}`;
    return `The hub failed on its side. Try again in a moment; if it stays, tell whoever runs the hub${trace}.`;
  }
  return error.detail ?? `The hub refused this (${error.status}). Load the page again and retry.`;
}

const byCode: Record<string, (problem: Problem) => string> = {
  network: () => 'The hub did not answer. Check the network, then try again.',
  [ProblemCodes.invalidRequest]: (p) => p.detail ?? 'A field is missing or malformed. Check what was typed.',
  [ProblemCodes.notSignedIn]: () =>
    'Your session has ended. Sign in again in another tab, then try again here; what you typed is kept.',
  [ProblemCodes.wrongCredentials]: (p) =>
    p.detail ?? 'The e-mail or the password is not right. Check both and try again.',
  [ProblemCodes.accountExists]: (p) => p.detail ?? 'There is an account with this address; sign in to it.',
  [ProblemCodes.alreadyMember]: (p) => p.detail ?? 'You are in this organization already.',
  [ProblemCodes.providerAway]: (p) => p.detail ?? 'The provider does not answer. Sign in another way.',
  [ProblemCodes.linkFull]: (p) => p.detail ?? 'As many people as this link is for have come by it.',
  [ProblemCodes.notAllowed]: (p) =>
    p.detail ?? 'Your role does not allow this. Ask an admin of the organization.',
  [ProblemCodes.forgeryRefused]: () =>
    'The hub could not tie this to your session. Load the page again and retry.',
  [ProblemCodes.setupRefused]: () =>
    'This set-up link was used already or belongs to another hub. Take the link from the log of this hub’s first start, or sign in.',
  [ProblemCodes.notFound]: (p) => p.detail ?? 'It is not there, or it is not yours.',
  [ProblemCodes.unavailable]: () => 'The hub’s database is away at this moment. Try again in a few seconds.',
  [ProblemCodes.nameTaken]: (p) => p.detail ?? 'That name is taken. Choose another.',
  [ProblemCodes.branchStale]: () =>
    'A branch has moved since this page was loaded. Load it again and look at what is new.',
  [ProblemCodes.conflictsOpen]: (p) => p.detail ?? 'Conflicts are still open. Answer them first.',
  [ProblemCodes.cutRequestEnded]: () =>
    'This cut request has been merged or closed already. Load the page again.',
  [ProblemCodes.cutRequestDraft]: (p) => p.detail ?? 'This cut request is a draft. Mark it as ready first.',
  [ProblemCodes.mergeBlocked]: (p) =>
    p.detail ?? 'The target branch asks for more than this cut request has. Load the page again.',
  [ProblemCodes.nothingToMerge]: (p) => p.detail ?? 'The target has everything already; nothing was merged.',
  [ProblemCodes.unrelated]: (p) =>
    p.detail ??
    'The two branches have no version in common, so there is nothing to merge from. Choose two branches of the same cut.',
  [ProblemCodes.notExportable]: (p) =>
    p.detail ?? 'This version cannot be written in that format. OTIO holds every version.',
  [ProblemCodes.slowDown]: (p) =>
    p.retryAfterSeconds === null
      ? 'Too many attempts. Wait a minute, then try again.'
      : `Too many attempts. Try again in ${p.retryAfterSeconds} seconds.`,
  [ProblemCodes.expired]: (p) =>
    p.detail ?? 'This code is too old or was used. Start again on the machine to get a fresh one.',
};
