with

schools as (
    select * from {{ ref('int_exam_schools_summed') }}
),

places as (
    select * from {{ ref('int_exam_places_known') }}
),

groups as (
    select * from {{ ref('int_exam_places_grouped') }}
),

ranges as (
    select * from {{ ref('int_exam_groups_ranged') }}
),

county as (
    select * from {{ ref('int_exam_papers_summed') }}
),

papers as (
    select * exclude (takers, best_score) from {{ ref('int_exam_papers_made') }}
),

members as (
    select distinct
        places.sitting_id,
        places.school_id,
        groups.group_kind,
        groups.group_code,
        groups.group_name
    from places
    inner join groups on places.place_id = groups.place_id
),

pooled as (
    select
        schools.paper_id,
        members.group_kind,
        members.group_code,
        any_value(members.group_name) as group_name,
        cast(count(case when schools.takers > 0 then 1 end) as integer) as schools,
        sum(schools.takers * schools.variance) as within_squares,
        {{ pooled() }}
    from schools
    inner join papers on schools.paper_id = papers.paper_id
    inner join members on papers.sitting_id = members.sitting_id and schools.school_id = members.school_id
    group by schools.paper_id, members.group_kind, members.group_code
),

final as (
    select
        papers.exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        pooled.group_kind,
        pooled.group_code,
        pooled.group_name,
        pooled.schools,
        {{ exam_figures('pooled', 'papers') }},
        {{ quantile_columns('ranges.quantiles') }},
        (pooled.mean_score - county.mean_score) / sqrt(nullif(county.variance, 0)) as z_mean,
        case when pooled.variance > 0 then 1 - pooled.within_squares / (pooled.takers * pooled.variance) end
            as eta_squared
    from pooled
    inner join papers on pooled.paper_id = papers.paper_id
    inner join county on pooled.paper_id = county.paper_id
    left join ranges
        on pooled.paper_id = ranges.paper_id
            and pooled.group_kind = ranges.group_kind
            and pooled.group_code = ranges.group_code
)

select * from final
