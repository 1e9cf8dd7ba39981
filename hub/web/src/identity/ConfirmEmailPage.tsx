import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../platform/api';
import type { LetterProof } from '../platform/contracts';
import { Failure } from '../platform/Feedback';
import { EntryPage } from './EntryPage';
import { parseProof } from './fragment';

export function ConfirmEmailPage() {
  const [proof] = useState(() => parseProof(window.location.hash));
  return (
    <EntryPage title="Confirm your e-mail address">
      {proof === null ? (
        <p className="notice">The address is not whole. Open the link of the letter again.</p>
      ) : (
        <Confirmation proof={proof} />
      )}
    </EntryPage>
  );
}

function Confirmation({ proof }: { proof: LetterProof }) {
  const confirm = useMutation({ mutationFn: () => api.confirmEmail(proof) });
  if (confirm.isSuccess) {
    return (
      <p role="status">
        Your address is confirmed. <Link href="/">Go to your projects</Link>
      </p>
    );
  }
  return (
    <>
      <p>This is the last step: the letter came to you, so the address is yours.</p>
      {confirm.error && <Failure what="Your address is not confirmed." error={confirm.error} />}
      <button
        type="button"
        className="button primary wide"
        disabled={confirm.isPending}
        onClick={() => confirm.mutate()}
      >
        Confirm
      </button>
    </>
  );
}
