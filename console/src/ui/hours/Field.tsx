import type { ComponentChildren } from 'preact';

/** A field below its visible name. */
export function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      {children}
    </label>
  );
}
