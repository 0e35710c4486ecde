/** Leads the keyboard past what stands on every page, and moves nothing away [U33]. The address stays the page's own, so that a reload stays there [U94]. */
export function Skip({ to, says }: { to: string; says: string }) {
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById(to)?.focus({ preventScroll: true });
  };
  return (
    <a class="skip" href={`#${to}`} onClick={skip}>
      {says}
    </a>
  );
}
