import type { ComponentType } from 'preact';
import { createAuditPorts } from './device/auditApi.ts';
import { fetchRelay } from './device/relay.ts';
import { createAudit } from './model/audit.ts';
import './styles/audit.css';
import { AuditScreen } from './ui/audit/AuditScreen.tsx';

/** Everything of the page of who did what, which only coordinators ever download. */
export function auditPage(nowMs: () => number): ComponentType {
  const audit = createAudit(createAuditPorts(fetchRelay, indexedDB, nowMs));
  return () => <AuditScreen audit={audit} />;
}
