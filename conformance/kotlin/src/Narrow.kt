package conformance

import conformance.client.models.ListedAction
import conformance.client.models.ListedImage
import conformance.client.models.ListedJob
import conformance.client.models.ListedLetsMeet
import conformance.client.models.ListedPhotoWithLocation
import conformance.client.models.ListedPoll
import conformance.client.models.ListedShareLocation
import conformance.client.models.ListedSurvey

/** Narrows by class; the wrapper says only that it is some class, so that there must be an `else`. */
fun inWords(listed: ListedAction): String =
    when (val action = listed.actualInstance) {
        is ListedImage -> "Image at ${action.actionBody.imageUrl}"
        is ListedJob -> "Job ${action.actionBody.title}: ${action.actionBody.responseCount} of ${action.actionBody.assigneeCount}"
        is ListedSurvey -> "Survey ${action.actionBody.title}: ${action.actionBody.responseCount}"
        is ListedPhotoWithLocation ->
            "PhotoWithLocation ${action.actionBody.imageUrl} at ${action.actionBody.latitude}, ${action.actionBody.longitude}"
        is ListedLetsMeet -> "LetsMeet ${action.actionBody.title} at ${action.actionBody.place?.name}"
        is ListedPoll -> "Poll ${action.actionBody.question}: ${action.actionBody.choices.orEmpty().joinToString { it.title.orEmpty() }}"
        is ListedShareLocation -> "ShareLocation at ${action.actionBody.latitude}, ${action.actionBody.longitude}"
        else -> throw IllegalArgumentException("no class for $action")
    }
