// What a page of the tests needs of React; hydrated.ts makes one script of it.
import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';

Object.assign(globalThis, { createElement, hydrateRoot });
