/** On a page of its own: the panel is as high as what the phone's keyboard leaves, and stays in view. In a frame the loader does this. */
export function followKeyboard(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const fit = () => {
    const { style } = document.documentElement;
    style.setProperty('--vvh', `${visualViewport.height}px`);
    document.body.style.transform = visualViewport.offsetTop > 0 ? `translateY(${visualViewport.offsetTop}px)` : '';
  };
  visualViewport.addEventListener('resize', fit);
  visualViewport.addEventListener('scroll', fit);
}
