import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import { leaveAgain, waitForAccount } from './account-connected.ts';
import { addToDraft } from './add-to-draft.ts';
import { approve, passOn } from './approve.ts';
import { approveCorrection } from './approve-correction.ts';
import { askByHand, doneByHand } from './by-hand.ts';
import { cancel } from './cancel.ts';
import { channelChanged, lookAgain } from './cards-elsewhere.ts';
import { catchUp } from './catch-up.ts';
import { askUnder, cardMoved, reconsider, recordShown, recordUnreachable, showAgain } from './cards-shown.ts';
import { checkAgain } from './check-again.ts';
import { chooseDepartment } from './choose-department.ts';
import { correct, refuseCorrection } from './correct.ts';
import { beginChange, recordCorrected, recordCorrectionWaits } from './put-right.ts';
import { answerTried } from './answer-tried.ts';
import { answerGone, recordGoneLook } from './gone.ts';
import { askHeld, hold, holdBlocked, holdMissed, holdWithAll } from './hold.ts';
import { postKind } from './kind.ts';
import { formClosed, formOpened } from './open-forms.ts';
import { askAboutMakers, askAgain, letOut } from './makers.ts';
import { numberKind, takeNumber } from './number.ts';
import { mendByHand } from './mend-by-hand.ts';
import { putRightThere } from './put-right-there.ts';
import type { DeskRules } from './post.ts';
import { propose } from './propose.ts';
import { leaveAsItIs } from './left-as-it-is.ts';
import { answerUnknown, beginPublishing, recordLook, settlePublishing, tryAgain } from './publish.ts';
import { remove } from './remove.ts';
import { beginRemoving, recordRemovalWaits, recordRemoved } from './take-down.ts';
import { revise } from './revise.ts';
import { schedule } from './schedule.ts';
import { send } from './send.ts';
import { stopByRule } from './stop-by-rule.ts';
import { drawAgain } from './stopped.ts';
import { timeCame } from './timers.ts';
import { refuse, sendBack } from './turn-down.ts';

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
    bind(formOpened),
    bind(formClosed),
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
