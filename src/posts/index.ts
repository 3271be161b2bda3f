import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import { leaveAgain, waitForAccount } from './leaving/account-connected.ts';
import { addToDraft } from './writing/add-to-draft.ts';
import { approve, passOn } from './deciding/approve.ts';
import { approveCorrection } from './correcting/approve-correction.ts';
import { askByHand, doneByHand } from './by-hand/by-hand.ts';
import { cancel } from './writing/cancel.ts';
import { channelChanged, lookAgain } from './telling/cards-elsewhere.ts';
import { catchUp } from './deciding/catch-up.ts';
import {
  askUnder,
  cardMoved,
  reconsider,
  recordShown,
  recordUnreachable,
  showAgain,
} from './telling/cards-shown.ts';
import { askAnew } from './stopping/turned.ts';
import { checkAgain } from './deciding/check-again.ts';
import { chooseDepartment } from './writing/choose-department.ts';
import { correct, refuseCorrection } from './correcting/correct.ts';
import { beginChange, recordCorrected, recordCorrectionWaits } from './correcting/put-right.ts';
import { answerTried } from './correcting/answer-tried.ts';
import { answerGone, recordGoneLook } from './taking-down/gone.ts';
import { askHeld, hold, holdBlocked, holdMissed, holdWithAll } from './stopping/hold.ts';
import { postKind } from './kind.ts';
import { answeredThere } from './telling/open-forms.ts';
import { askAboutMakers, askAgain, letOut } from './deciding/makers.ts';
import { numberKind, takeNumber } from './number.ts';
import { mendByHand } from './by-hand/mend-by-hand.ts';
import { putRightThere } from './by-hand/put-right-there.ts';
import type { DeskRules } from './post.ts';
import { propose } from './writing/propose.ts';
import { leaveAsItIs } from './leaving/left-as-it-is.ts';
import { answerUnknown, beginPublishing, recordLook, settlePublishing, tryAgain } from './leaving/publish.ts';
import { remove } from './taking-down/remove.ts';
import { recordDeleted } from './taking-down/film-deleted.ts';
import { beginRemoving, recordRemovalWaits, recordRemoved } from './taking-down/take-down.ts';
import { revise } from './writing/revise.ts';
import { schedule } from './writing/schedule.ts';
import { send } from './deciding/send.ts';
import { stopByRule } from './stopping/stop-by-rule.ts';
import { drawAgain } from './stopping/stopped.ts';
import { timeCame } from './deciding/timers.ts';
import { refuse, sendBack } from './deciding/turn-down.ts';

/** The kinds of the posts' feature with their commands. */
export const postAggregates: readonly Aggregate<DeskRules>[] = [
  aggregate(postKind, [
    bind(propose),
    bind(addToDraft),
    bind(chooseDepartment),
    bind(revise),
    bind(send),
    bind(passOn),
    bind(approve),
    bind(sendBack),
    bind(refuse),
    bind(cancel),
    bind(schedule),
    bind(hold),
    bind(holdWithAll),
    bind(holdBlocked),
    bind(holdMissed),
    bind(askHeld),
    bind(askAnew),
    bind(correct),
    bind(approveCorrection),
    bind(refuseCorrection),
    bind(beginChange),
    bind(recordCorrected),
    bind(recordCorrectionWaits),
    bind(stopByRule),
    bind(askByHand),
    bind(askAboutMakers),
    bind(letOut),
    bind(askAgain),
    bind(doneByHand),
    bind(mendByHand),
    bind(putRightThere),
    bind(remove),
    bind(recordDeleted),
    bind(recordRemoved),
    bind(beginRemoving),
    bind(recordRemovalWaits),
    bind(recordGoneLook),
    bind(answerGone),
    bind(answerTried),
    bind(beginPublishing),
    bind(settlePublishing),
    bind(recordLook),
    bind(answerUnknown),
    bind(tryAgain),
    bind(leaveAsItIs),
    bind(waitForAccount),
    bind(leaveAgain),
    bind(timeCame),
    bind(recordShown),
    bind(cardMoved),
    bind(channelChanged),
    bind(lookAgain),
    bind(answeredThere),
    bind(recordUnreachable),
    bind(checkAgain),
    bind(showAgain),
    bind(drawAgain),
    bind(reconsider),
    bind(askUnder),
    bind(catchUp),
  ]),
  aggregate(numberKind, [bind(takeNumber)]),
];
