/**
 * What is planted. `rules` are the numbers of SPEC.md that it breaks, `tests` the files that have to notice: only those of
 * their tests are run whose titles bear one of the numbers. `built` says that they run what was built; browser tests
 * always do.
 *
 * @typedef {{ says: string, rules: string[], file: string, from: string, to: string, tests: string[], built?: boolean }} Bug
 */
import { actsApartBugs } from './actsApartBugs.mjs';
import { agreementBugs } from './agreementBugs.mjs';
import { answersBugs } from './answersBugs.mjs';
import { atOnceBugs } from './atOnceBugs.mjs';
import { auditPageBugs } from './auditPageBugs.mjs';
import { boundBugs } from './boundBugs.mjs';
import { browserBugs } from './browserBugs.mjs';
import { chaosBugs } from './chaosBugs.mjs';
import { closingBugs } from './closingBugs.mjs';
import { consoleBugs } from './consoleBugs.mjs';
import { crowdBugs } from './crowdBugs.mjs';
import { demoSignsBugs } from './demoSignsBugs.mjs';
import { doorBugs } from './doorBugs.mjs';
import { doorsBugs } from './doorsBugs.mjs';
import { edgeBugs } from './edgeBugs.mjs';
import { engineKeysBugs } from './engineKeysBugs.mjs';
import { engineLinkBugs } from './engineLinkBugs.mjs';
import { enginePagesBugs } from './enginePagesBugs.mjs';
import { engineTalkBugs } from './engineTalkBugs.mjs';
import { enrolmentBugs } from './enrolmentBugs.mjs';
import { gettingInBugs } from './gettingInBugs.mjs';
import { gettingInPagesBugs } from './gettingInPagesBugs.mjs';
import { handsBugs } from './handsBugs.mjs';
import { hostBugs } from './hostBugs.mjs';
import { hoursFocusBugs } from './hoursFocusBugs.mjs';
import { hoursBugs } from './hoursBugs.mjs';
import { hoursWeekBugs } from './hoursWeekBugs.mjs';
import { hoursDaysBugs } from './hoursDaysBugs.mjs';
import { hoursTodayBugs } from './hoursTodayBugs.mjs';
import { hoursSavedBugs } from './hoursSavedBugs.mjs';
import { hoursAroundBugs } from './hoursAroundBugs.mjs';
import { idleBugs } from './idleBugs.mjs';
import { leavingBugs } from './leavingBugs.mjs';
import { knownBrowserBugs } from './knownBrowserBugs.mjs';
import { linkBugs } from './linkBugs.mjs';
import { lifeBugs } from './lifeBugs.mjs';
import { loaderBugs } from './loaderBugs.mjs';
import { lookBugs } from './lookBugs.mjs';
import { lookingAwayBugs } from './lookingAwayBugs.mjs';
import { mendBugs } from './mendBugs.mjs';
import { lostAnswerBugs } from './lostAnswerBugs.mjs';
import { luaBugs } from './luaBugs.mjs';
import { luaTalkBugs } from './luaTalkBugs.mjs';
import { matrixBugs } from './matrixBugs.mjs';
import { modelBugs } from './modelBugs.mjs';
import { movesBugs } from './movesBugs.mjs';
import { newsBugs } from './newsBugs.mjs';
import { onTheDeviceBugs } from './onTheDeviceBugs.mjs';
import { operatingBugs } from './operatingBugs.mjs';
import { forgetsBugs } from './forgetsBugs.mjs';
import { nodesBugs } from './nodesBugs.mjs';
import { servesBugs } from './servesBugs.mjs';
import { twoLinesBugs } from './twoLinesBugs.mjs';
import { pagesBugs } from './pagesBugs.mjs';
import { plainCookieBugs } from './plainCookieBugs.mjs';
import { productionBugs } from './productionBugs.mjs';
import { postBugs } from './postBugs.mjs';
import { providerBugs } from './providerBugs.mjs';
import { proxyBugs } from './proxyBugs.mjs';
import { readAgainBugs } from './readAgainBugs.mjs';
import { readinessBugs } from './readinessBugs.mjs';
import { recordsBugs } from './recordsBugs.mjs';
import { recordsKeptBugs } from './recordsKeptBugs.mjs';
import { recordsFileBugs } from './recordsFileBugs.mjs';
import { releaseBugs } from './releaseBugs.mjs';
import { rootsBugs } from './rootsBugs.mjs';
import { rowsOfSessionsBugs } from './rowsOfSessionsBugs.mjs';
import { secondTapBugs } from './secondTapBugs.mjs';
import { settingsBugs } from './settingsBugs.mjs';
import { screensBugs } from './screensBugs.mjs';
import { sessionBugs } from './sessionBugs.mjs';
import { setupBugs } from './setupBugs.mjs';
import { sharedBugs } from './sharedBugs.mjs';
import { passkeyBugs } from './passkeyBugs.mjs';
import { endedMeanwhileBugs } from './endedMeanwhileBugs.mjs';
import { devicesEndedBugs } from './devicesEndedBugs.mjs';
import { devicesPageBugs } from './devicesPageBugs.mjs';
import { endedDeskBugs } from './endedDeskBugs.mjs';
import { ownComputerBugs } from './ownComputerBugs.mjs';
import { teamNewsBugs } from './teamNewsBugs.mjs';
import { endedTakesAwayBugs } from './endedTakesAwayBugs.mjs';
import { figuresBugs } from './figuresBugs.mjs';
import { floodBugs } from './floodBugs.mjs';
import { passwordBugs } from './passwordBugs.mjs';
import { stepUpBugs } from './stepUpBugs.mjs';
import { longTalkBugs } from './longTalkBugs.mjs';
import { signsOutBugs } from './signsOutBugs.mjs';
import { signInBugs } from './signInBugs.mjs';
import { signedListBugs } from './signedListBugs.mjs';
import { sitesBugs } from './sitesBugs.mjs';
import { stepsBugs } from './stepsBugs.mjs';
import { storeBugs } from './storeBugs.mjs';
import { strangerBugs } from './strangerBugs.mjs';
import { teamBugs } from './teamBugs.mjs';
import { threeEnginesBugs } from './threeEnginesBugs.mjs';
import { trialBugs } from './trialBugs.mjs';
import { twinSitesBugs } from './twinSitesBugs.mjs';
import { unheardBugs } from './unheardBugs.mjs';
import { visitBugs } from './visitBugs.mjs';
import { vouchBugs } from './vouchBugs.mjs';
import { weekBugs } from './weekBugs.mjs';
import { widgetBugs } from './widgetBugs.mjs';
import { wrapperBugs } from './wrapperBugs.mjs';
import { writingBugs } from './writingBugs.mjs';

/** @type {Bug[]} */
export const bugs = [
  ...[
    boundBugs,
    chaosBugs,
    enrolmentBugs,
    ...gettingInBugs,
    ...gettingInPagesBugs,
    ...passkeyBugs,
    hoursBugs,
    idleBugs,
    lifeBugs,
    lostAnswerBugs,
    luaBugs,
    luaTalkBugs,
    matrixBugs,
    modelBugs,
    movesBugs,
    newsBugs,
    nodesBugs,
    servesBugs,
    twoLinesBugs,
    forgetsBugs,
    recordsBugs,
    recordsFileBugs,
    screensBugs,
    sessionBugs,
    settingsBugs,
    recordsKeptBugs,
    releaseBugs,
    endedMeanwhileBugs,
    devicesEndedBugs,
    devicesPageBugs,
    endedDeskBugs,
    ownComputerBugs,
    teamNewsBugs,
    endedTakesAwayBugs,
    figuresBugs,
    floodBugs,
    passwordBugs,
    stepUpBugs,
    storeBugs,
    teamBugs,
    wrapperBugs,
  ],
  ...[
    agreementBugs,
    answersBugs,
    atOnceBugs,
    auditPageBugs,
    consoleBugs,
    demoSignsBugs,
    engineKeysBugs,
    engineLinkBugs,
    enginePagesBugs,
    engineTalkBugs,
    readAgainBugs,
    handsBugs,
    hostBugs,
    hoursWeekBugs,
    hoursDaysBugs,
    hoursTodayBugs,
    hoursSavedBugs,
    hoursAroundBugs,
    hoursFocusBugs,
    leavingBugs,
    loaderBugs,
    lookBugs,
    lookingAwayBugs,
    pagesBugs,
    plainCookieBugs,
    readinessBugs,
    rootsBugs,
    setupBugs,
    secondTapBugs,
    sharedBugs,
    signInBugs,
    sitesBugs,
    signedListBugs,
    closingBugs,
    doorBugs,
    stepsBugs,
    strangerBugs,
    trialBugs,
    twinSitesBugs,
    unheardBugs,
    rowsOfSessionsBugs,
    visitBugs,
    weekBugs,
    widgetBugs,
    writingBugs,
  ],
  ...[browserBugs, crowdBugs, doorsBugs, edgeBugs, postBugs, productionBugs, providerBugs, proxyBugs],
  ...[actsApartBugs, signsOutBugs, knownBrowserBugs, linkBugs, longTalkBugs, mendBugs, operatingBugs],
  ...[onTheDeviceBugs, threeEnginesBugs, vouchBugs],
].flat();
