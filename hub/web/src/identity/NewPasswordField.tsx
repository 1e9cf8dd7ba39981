import { Field } from '../platform/Field';

interface NewPasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function NewPasswordField({ label, value, onChange }: NewPasswordFieldProps) {
  return (
    <Field label={label} hint="At least 10 characters; a sentence is fine.">
      {(ids) => (
        <input
          {...ids}
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={256}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
