import type { ComponentChildren } from 'preact';

/** A field below its visible name. */
export function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <label class="form-field">
      <span class="form-name">{label}</span>
      {children}
    </label>
  );
}
