import type { OutcomeView, TermResponse } from '../platform/contracts';
import { StretchDrawing } from '../timeline/StretchDrawing';

interface AnswerOptionProps {
  name: string;
  heading: string;
  term: TermResponse | null;
  words: string;
  /** How the cut looks with this answer; undefined until it is known. */
  outcome: OutcomeView | undefined;
  offered: boolean;
  chosen: boolean;
  onChoose: () => void;
}

/** One way out of a conflict, in words and drawn; what is not offered is shown to compare with. */
export function AnswerOption(option: AnswerOptionProps) {
  const { name, heading, term, words, outcome, offered, chosen, onChoose } = option;
  const length = term?.durationFrames ?? null;
  const text = (
    <>
      <span className="option-heading">{heading}</span>
      <span className="option-words">{words}</span>
      {length !== null && !words.includes(`${length} frames`) && (
        <span className="muted option-length">{length} frames</span>
      )}
      {outcome !== undefined && (
        <span className="option-drawing">
          <StretchDrawing stretch={outcome} marked={outcome.elements} />
        </span>
      )}
    </>
  );
  if (!offered) return <div className="option plain">{text}</div>;
  return (
    <label className={chosen ? 'option chosen' : 'option'}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      {text}
    </label>
  );
}
