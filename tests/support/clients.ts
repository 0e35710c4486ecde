import { randomBytes } from 'node:crypto';
import type { Agent } from 'node:https';
import { newRequestId, type AccountId, type Digest, type VisitId } from '@clbchat/shared/ids';
import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import type {
  CounsellorAnswers,
  CounsellorEvent,
  CounsellorHints,
  CounsellorInput,
  DeskState,
} from '@clbchat/shared/protocol/counsellor';
import type { VisitorAnswers, VisitorEvent, VisitorHints, VisitorInput } from '@clbchat/shared/protocol/visitor';
import { SEALED_BYTES, type Ack } from '@clbchat/shared/protocol/wire';
import { exportPublic, makeSigningPair, type KeyPair } from '@clbchat/shared/statement/signingKey';
import { proveSocket } from '@clbchat/shared/statement/socketProof';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { io, type Socket } from 'socket.io-client';
import type { TestService } from './service.ts';

const PATIENCE_MS = 30_000;

/** One socket as a page has it, with everything that it heard. */
export interface Client<Event extends string, Inputs, Answers, Hints> {
  readonly socket: Socket;
  ask<E extends Event & keyof Answers & keyof Inputs>(event: E, input: Inputs[E]): Promise<Ack<Answers[E]>>;
  /** anything at all, for what no client of ours sends; null when the connection ended without an answer, undefined when none came */
  send(event: string, ...args: unknown[]): Promise<unknown>;
  /** waits until a hint of this name came that fits, or takes one that came before */
  hears<E extends keyof Hints & string>(event: E, fits?: (hint: Hints[E]) => boolean): Promise<Hints[E]>;
  heard<E extends keyof Hints & string>(event: E): Hints[E][];
  /** answer signs of life, as pages do */
  pulses: boolean;
  readonly closed: Promise<string>;
  leave(): void;
}

type Visitors = Client<VisitorEvent, { [E in VisitorEvent]: VisitorInput<E> }, VisitorAnswers, VisitorHints>;
type Counsellors = Client<
  CounsellorEvent,
  { [E in CounsellorEvent]: CounsellorInput<E> },
  CounsellorAnswers,
  CounsellorHints
>;

/** Where it connects, and what its pages call it. */
export type Target = Pick<TestService, 'address' | 'origin'>;

interface Connecting {
  readonly auth?: object;
  readonly cookie?: string;
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly transports?: readonly string[];
  /** another address of this machine: 127.0.0.2 and so on */
  readonly from?: string;
  /** what connects, where a proxy stands in front */
  readonly agent?: Agent;
}

/** Connects. @throws Error whose message is the code of the refusal */
async function connect<C extends Client<string, unknown, unknown, unknown>>(
  service: Target,
  namespace: string,
  how: Connecting,
): Promise<C> {
  const { auth = {}, cookie, origin = service.origin, headers = {}, transports = ['websocket'] } = how;
  const socket = io(`${service.address}${namespace}`, {
    path: '/rt/',
    transports: [...transports] as ('websocket' | 'polling')[],
    auth: { ...auth },
    forceNew: true,
    reconnection: false,
    ...(how.from !== undefined && { localAddress: how.from }),
    ...(how.agent !== undefined && { agent: how.agent as never }), // of Node; the types are those of a browser
    extraHeaders: { origin, ...(cookie !== undefined && { cookie }), ...headers },
  });
  const heard: { event: string; hint: unknown }[] = [];
  const listeners = new Set<() => void>();
  socket.onAny((event: string, hint: unknown) => {
    heard.push({ event, hint });
    for (const listener of listeners) listener();
  });
  let ended: (reason: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => (ended = resolve));
  socket.on('disconnect', ended);

  const client = {
    socket,
    pulses: true,
    closed,
    ask: (event: string, input: unknown) => socket.timeout(PATIENCE_MS).emitWithAck(event, input),
    send: (event: string, ...args: unknown[]) =>
      (socket.timeout(PATIENCE_MS).emitWithAck(event, ...args) as Promise<unknown>).catch(() =>
        socket.connected ? undefined : null,
      ),
    heard: (event: string) => heard.filter((each) => each.event === event).map(({ hint }) => hint),
    hears: (event: string, fits: (hint: never) => boolean = () => true) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`never heard ${event}, but ${heard.map((each) => each.event).join(', ') || 'nothing'}`));
        }, PATIENCE_MS);
        const look = () => {
          const found = heard.find((each) => each.event === event && fits(each.hint as never));
          if (!found) return;
          clearTimeout(late);
          listeners.delete(look);
          resolve(found.hint);
        };
        listeners.add(look);
        look();
      }),
    leave: () => void socket.disconnect(),
  };
  socket.on('presence:pulse', (reply: unknown) => {
    if (client.pulses && typeof reply === 'function') reply();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return client as unknown as C;
}

/** What a visitor's page keeps. */
export interface Secrets {
  readonly proof: string;
  readonly visitId: VisitId;
  token: string;
  next: string;
}
export async function newSecrets(): Promise<Secrets> {
  const proof = randomToken(32);
  return { proof, visitId: await visitIdOf(proof), token: randomToken(32), next: randomToken(32) };
}

export const connectVisitor = (service: Target, how: Connecting = {}): Promise<Visitors> =>
  connect<Visitors>(service, '/visitor', how);

export const connectCounsellor = (service: Target, how: Connecting = {}): Promise<Counsellors> =>
  connect<Counsellors>(service, '/counsellor', how);

export const newShare = () => ({ rid: randomToken(8), R: randomToken(32) });
export const newRequest = newRequestId;
export const anySealed = () => toBase64url(randomBytes(SEALED_BYTES));

export interface Visitor extends Visitors {
  readonly secrets: Secrets;
  readonly visitId: VisitId;
}

export async function joinInput({ proof, token }: Secrets): Promise<VisitorInput<'visit:join'>> {
  const first = (await digestOf(token)) as Digest;
  return { proof, role: 'pupil', topic: 'wellbeing', lang: 'nl', first, vnonce: randomToken(32), share: newShare() };
}

/** A visitor who waits. */
export async function visitorWaits(service: Target, how: Connecting = {}): Promise<Visitor> {
  const secrets = await newSecrets();
  const client = await connectVisitor(service, how);
  const joined = await client.ask('visit:join', await joinInput(secrets));
  if (!joined.ok) throw new Error(`join answered ${joined.code}`);
  return Object.assign(client, { secrets, visitId: secrets.visitId });
}

/** The same visit on a new socket, by its token. */
export async function visitorReturns(service: TestService, secrets: Secrets, how: Connecting = {}): Promise<Visitor> {
  const next = await digestOf(secrets.next);
  const client = await connectVisitor(service, {
    ...how,
    auth: { visitId: secrets.visitId, token: secrets.token, next },
  });
  secrets.token = secrets.next;
  secrets.next = randomToken(32);
  return Object.assign(client, { secrets, visitId: secrets.visitId });
}

export type Who = 'lien' | 'samir' | 'noor';
export interface SignedIn {
  readonly account: AccountId;
  readonly cookie: string;
  readonly binding: string;
  readonly chain: string;
  readonly device: KeyPair;
}

/** Signs in without HTTP; tests/wire/signIn.test.ts shows the door itself. */
export async function signIn(service: TestService, who: Who = 'lien', device?: KeyPair): Promise<SignedIn> {
  const keys = device ?? (await makeSigningPair());
  const chain = await service.sign({ who, ...(await demoProof(keys)) });
  if (!chain) throw new Error('the signer refused');
  const { setCookie, session } = await service.sessions.open(who as AccountId, 'demo');
  return {
    account: session.account,
    binding: session.binding,
    cookie: setCookie.split(';')[0] ?? '',
    chain,
    device: keys,
  };
}

export async function demoProof({ publicKey, privateKey }: KeyPair): Promise<{ devicePub: string; proof: string }> {
  const devicePub = await exportPublic(publicKey);
  const said = concat(utf8('clbchat/1 demo-sign-in'), fromBase64url(devicePub) ?? new Uint8Array());
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, said);
  return { devicePub, proof: toBase64url(new Uint8Array(signature)) };
}

export interface Desk extends Counsellors {
  readonly signedIn: SignedIn;
  readonly state: DeskState;
}

export async function prove(service: Target, client: Counsellors, signedIn: SignedIn): Promise<Ack<unknown>> {
  const { nonce } = await client.hears('desk:challenge');
  const sig = await proveSocket(signedIn.device.privateKey, {
    nonce,
    binding: signedIn.binding,
    origin: service.origin,
  });
  return client.ask('desk:prove', { sig, cert: signedIn.chain });
}

/** A counsellor who sits at her desk. */
export async function deskOpens(
  service: TestService,
  who: Who | SignedIn = 'lien',
  wishes: Partial<CounsellorInput<'desk:enter'>> = {},
): Promise<Desk> {
  const signedIn = typeof who === 'string' ? await signIn(service, who) : who;
  const client = await connectCounsellor(service, { cookie: signedIn.cookie });
  const proved = await prove(service, client, signedIn);
  if (!proved.ok) throw new Error(`prove answered ${proved.code}`);
  const entered = await client.ask('desk:enter', { slots: 1, status: 'available', ...wishes });
  if (!entered.ok) throw new Error(`enter answered ${entered.code}`);
  return Object.assign(client, { signedIn, state: entered.value });
}
