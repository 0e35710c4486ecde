import type { ComponentType } from 'preact';
import { createAuditPorts } from './device/auditApi.ts';
import { fetchRelay } from './device/relay.ts';
import { createAudit } from './model/audit.ts';
import type { Go } from './model/places.ts';
import { underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/audit.css';
import { AuditScreen } from './ui/audit/AuditScreen.tsx';

/** Everything of the page of who did what, which only coordinators ever download. */
export function auditPage(go: Go, nowMs: () => number): ComponentType {
  const audit = createAudit(createAuditPorts(fetchRelay, indexedDB, nowMs));
  return underReadiness('audit', () => <AuditScreen audit={audit} />, go);
}
