import { addressOf, type Place } from '../model/places.ts';
import { nl } from '../words/nl.ts';
import { places as words } from '../words/places.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import type { ShownPlaces } from './console.ts';

const icons: Record<Place, IconName> = {
  chat: 'messages-square',
  hours: 'calendar-clock',
  sites: 'backpack',
  team: 'users',
  devices: 'monitor',
  figures: 'chart',
  audit: 'list',
};

/** The way between conversations and pages. What she may not open is not in it [U15]. */
export function Rail({ places, onGo }: { places: ShownPlaces; onGo?(): void }) {
  return (
    <nav class="rail" aria-label={nl.regions.rail} data-region tabIndex={-1}>
      {places.offered.value.map((place) => (
        <a
          key={place}
          href={addressOf[place]}
          {...(places.at.value === place ? { 'aria-current': 'page' as const } : {})}
          onClick={(event) => {
            event.preventDefault();
            if (places.at.peek() === place) return;
            onGo?.();
            places.go(place);
          }}
        >
          <Icon name={icons[place]} />
          {words.rail[place]}
          {places.unsaved.value.includes(place) && (
            <i class="rail-dot rail-unsaved" role="img" aria-label={words.unsaved} title={words.unsaved} />
          )}
          {places.fresh.value.includes(place) && <i class="rail-dot" role="img" aria-label={words.fresh} />}
        </a>
      ))}
    </nav>
  );
}
