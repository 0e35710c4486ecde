/** What the test of a school's page says to whoever looks after that page. */
export const words = {
  script: 'Het script draait. Staat er een hash (integrity) op de tag, dan klopt die.',
  frame: 'Deze pagina mag de chat van {site} tonen.',
  alone: 'Open deze test met de knop op de pagina van de school.',
  pins: 'De sleutels (data-key) zijn die van het centrum.',
  noPins: 'De sleutels (data-key) ontbreken. Plak het stukje code opnieuw.',
  otherPins: 'De sleutels (data-key) zijn niet die van het centrum. Plak het stukje code opnieuw.',
  noAnswer: 'De sleutels konden niet nagekeken worden. Probeer straks opnieuw.',
};
