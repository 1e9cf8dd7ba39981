import type { HTMLInputTypeAttribute, ReactNode } from 'react';
import { Field } from '../platform/Field';

interface TypedProps {
  value: string;
  onChange: (value: string) => void;
}

interface CredentialProps extends TypedProps {
  label: string;
  hint?: ReactNode;
  type: HTMLInputTypeAttribute;
  autoComplete: string;
  readOnly?: boolean;
}

function CredentialField({ label, hint, onChange, ...input }: CredentialProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <input {...ids} {...input} required onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

export function EmailField(props: TypedProps & { hint?: ReactNode; readOnly?: boolean }) {
  return <CredentialField label="E-mail" type="email" autoComplete="username" {...props} />;
}

/** Of an account that there is; one that is being chosen has a field of its own. */
export function PasswordField(props: TypedProps) {
  return <CredentialField label="Password" type="password" autoComplete="current-password" {...props} />;
}

export function CodeField(props: TypedProps) {
  return (
    <CredentialField
      label="Code from your authenticator app, or a recovery code"
      type="text"
      autoComplete="one-time-code"
      {...props}
    />
  );
}
