import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Project } from '../platform/api';
import { Verdicts, type CutRequestResponse, type ReviewResponse } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { Moment } from '../platform/Moment';
import { cutRequestKey } from './queries';
import { isOpen } from './words';

interface ReviewsProps {
  project: Project;
  request: CutRequestResponse;
}

/** Who was asked to look, what they said, and a place to say it oneself. */
export function Reviews({ project, request }: ReviewsProps) {
  return (
    <section className="section" aria-labelledby="reviews">
      <div className="section-head">
        <h2 id="reviews">
          Reviews <span className="count">{request.reviews.length}</span>
        </h2>
      </div>
      {request.reviews.length === 0 ? (
        <p className="muted">Nobody was asked to look at it, and nobody has said anything.</p>
      ) : (
        <ul className="reviews">
          {request.reviews.map((review) => (
            <li key={review.reviewer}>
              <strong>{review.reviewerName}</strong> {verdictWords(review)}
              {review.at !== null && (
                <span className="muted">
                  {' '}
                  <Moment at={review.at} />
                </span>
              )}
              {review.comment !== '' && <p className="review-comment">{review.comment}</p>}
            </li>
          ))}
        </ul>
      )}
      {isOpen(request) && request.sourceHead !== null && (
        <OwnReview project={project} request={request} head={request.sourceHead} />
      )}
    </section>
  );
}

function verdictWords(review: ReviewResponse): string {
  if (review.verdict === null) return 'was asked to look at it.';
  const words = review.verdict === Verdicts.approved ? 'approves' : 'wants changes to';
  return review.isCurrent ? `${words} this version.` : `${words} an earlier version; that counts no more.`;
}

function OwnReview({ project, request, head }: ReviewsProps & { head: string }) {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const review = useMutation({
    mutationFn: (verdict: string) =>
      api.review(project, request.number, {
        verdict,
        version: head,
        comment: comment === '' ? null : comment,
      }),
    onSuccess: (updated) => {
      setComment('');
      client.setQueryData(cutRequestKey(project, request.number), updated);
    },
    onError: () => client.invalidateQueries({ queryKey: cutRequestKey(project, request.number) }),
  });
  return (
    <div className="own-review">
      <label htmlFor="review-comment">Your review of this version</label>
      <textarea
        id="review-comment"
        rows={2}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {review.error && <Failure what="Your review was not kept." error={review.error} />}
      <div className="button-row">
        <button
          type="button"
          className="button"
          disabled={review.isPending}
          onClick={() => review.mutate(Verdicts.approved)}
        >
          Approve
        </button>
        <button
          type="button"
          className="button"
          disabled={review.isPending}
          onClick={() => review.mutate(Verdicts.changes)}
        >
          Ask for changes
        </button>
      </div>
    </div>
  );
}
