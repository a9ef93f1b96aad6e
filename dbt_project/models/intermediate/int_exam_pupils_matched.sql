{#
    This exam's scores beside the same pupils' earlier standard scores, school by school: counts, means, variances
    and covariance, which is all that value added needs. A number listed in two grades of an exam matches nobody.
#}

with

results as (
    select * from {{ ref('int_exam_results_united') }}
    where status = 1
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

summed as (
    select * from {{ ref('int_exam_papers_summed') }}
),

places as (
    select
        place_id,
        school_id
    from {{ ref('int_exam_places_known') }}
),

series as (
    select distinct
        exam_code,
        subject,
        series_id
    from papers
),

wanted as (
    select
        papers.paper_id,
        series.series_id
    from papers
    inner join series on papers.prior_exam_code = series.exam_code and papers.subject = series.subject
    where papers.prior_exam_code <> papers.exam_code
),

priors as (
    select
        papers.paper_id,
        papers.series_id,
        papers.exam_id,
        summed.mean_score,
        sqrt(nullif(summed.variance, 0)) as std_dev
    from papers
    inner join summed on papers.paper_id = summed.paper_id
    where papers.series_id in (select series_id from wanted)
),

earlier as (
    select
        priors.series_id,
        priors.exam_id,
        results.pupil_key,
        (results.score - priors.mean_score) / priors.std_dev as prior_z
    from results
    inner join priors on results.paper_id = priors.paper_id
),

doubled as (
    select
        papers.exam_id,
        totals.pupil_key
    from {{ ref('int_exam_totals_summed') }} as totals
    inner join papers on totals.paper_id = papers.paper_id
    group by papers.exam_id, totals.pupil_key
    having count(*) > 1
),

final as (
    select
        results.paper_id,
        places.school_id,
        count(*) as matched,
        avg(results.score) as mean_y,
        avg(earlier.prior_z) as mean_x,
        var_pop(results.score) as variance_y,
        var_pop(earlier.prior_z) as variance_x,
        covar_pop(results.score, earlier.prior_z) as covariance,
        min(results.score) as least_y,
        max(results.score) as most_y,
        min(earlier.prior_z) as least_x,
        max(earlier.prior_z) as most_x
    from results
    inner join wanted on results.paper_id = wanted.paper_id
    inner join earlier on wanted.series_id = earlier.series_id and results.pupil_key = earlier.pupil_key
    inner join places on results.place_id = places.place_id
    where earlier.prior_z is not null
        and not exists (
            select 1 from doubled
            where doubled.exam_id = earlier.exam_id and doubled.pupil_key = earlier.pupil_key
        )
    group by results.paper_id, places.school_id
)

select * from final
