import { effect, signal, type Signal } from '@preact/signals';

export interface Prefs {
  soundVisitor: boolean;
  soundMessage: boolean;
  shortcuts: boolean;
}

/** Keeps the choices of one browser profile. Neither rejects. */
export interface PrefKeep {
  read(): Promise<Partial<Prefs>>;
  write(prefs: Prefs): Promise<void>;
}

export interface PrefsModel {
  readonly soundVisitor: Signal<boolean>;
  readonly soundMessage: Signal<boolean>;
  readonly shortcuts: Signal<boolean>;
}

export function createPrefs(keep: PrefKeep): PrefsModel {
  const model = { soundVisitor: signal(true), soundMessage: signal(false), shortcuts: signal(true) };
  void keep.read().then((kept) => {
    model.soundVisitor.value = kept.soundVisitor ?? true;
    model.soundMessage.value = kept.soundMessage ?? false;
    model.shortcuts.value = kept.shortcuts ?? true;
    effect(() => {
      void keep.write({
        soundVisitor: model.soundVisitor.value,
        soundMessage: model.soundMessage.value,
        shortcuts: model.shortcuts.value,
      });
    });
  });
  return model;
}
